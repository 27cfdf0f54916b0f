/* SPDX-License-Identifier: EUPL-1.2 */
/* The file of a sign-in by others, checked whole before anything is done with it. Which settings there are is
 * in settings.h, what they mean in docs/inloggen.md. */
#include "sso/sso_int.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FILE_MAX = 256 << 10,
    SECRET_MAX = 4096,
    TEXT_MAX = 1000,
    ROLES_MAX = 500,
    LIST_MAX = 32,
    SKEW_MOST_S = 600
};

struct reading {
    struct wijk_cx *cx;
    const char *name, *path; /* of the file: as it is shown, and where it is */
    struct wijk__sso_config *out;
};

static const struct {
    const char *key;
    bool required;
} SETTING[] = {
#define X(key, required) {key, required},
#include "sso/settings.h"
#undef X
};

/* `what` is Dutch with at most one %s for `about`. */
static enum wijk_err fail_at(const struct reading *r, size_t line, const char *what, const char *about)
{
    const char *dutch = wijk_tr(r->cx, what), *mark = strstr(dutch, "%s");
    const char *sentence =
        mark ? wijk_sprintf(r->cx, "%.*s%.200s%s", (int)(mark - dutch), dutch, about, mark + 2) : dutch;
    return wijk_fail(r->cx, WIJK_EDEF, "%s regel %zu: %s", r->name, line, sentence);
}

static enum wijk_err check_keys(const struct reading *r, const struct wijk_yaml *map)
{
    if (map->kind != WIJK_YAML_MAP)
        return fail_at(r, map->line,
                       WIJK_T("hier horen instellingen: een naam, een dubbele punt en een waarde."), "");
    for (size_t i = 0; i < map->n; i++) {
        bool known = false;
        for (size_t k = 0; k < sizeof SETTING / sizeof *SETTING && !known; k++)
            known = strcmp(map->key[i], SETTING[k].key) == 0;
        if (!known)
            return fail_at(r, map->child[i]->line, WIJK_T("de instelling %s is onbekend."), map->key[i]);
    }
    for (size_t k = 0; k < sizeof SETTING / sizeof *SETTING; k++)
        if (SETTING[k].required && !wijk_yaml_get(map, SETTING[k].key))
            return fail_at(r, map->line, WIJK_T("de instelling %s ontbreekt."), SETTING[k].key);
    return WIJK_OK;
}

/* A text without control signs; `otherwise` when the setting is absent. */
static enum wijk_err text_of(const struct reading *r, const struct wijk_yaml *map, const char *key,
                             const char *otherwise, const char **out)
{
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    *out = otherwise;
    if (!v) return WIJK_OK;
    if (v->kind != WIJK_YAML_SCALAR || !*v->text || strlen(v->text) > TEXT_MAX)
        return fail_at(r, v->line, WIJK_T("bij %s hoort een korte tekst."), key);
    for (const char *p = v->text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return fail_at(r, v->line, WIJK_T("bij %s staat een teken dat er niet hoort."), key);
    *out = v->text;
    return WIJK_OK;
}

static enum wijk_err list_of(const struct reading *r, const struct wijk_yaml *map, const char *key,
                             struct wijk__sso_texts *out)
{
    const struct wijk_yaml *v = map ? wijk_yaml_get(map, key) : NULL;
    *out = (struct wijk__sso_texts){NULL, 0};
    if (!v) return WIJK_OK;
    if (v->kind != WIJK_YAML_LIST || v->n > LIST_MAX)
        return fail_at(r, v->line, WIJK_T("bij %s hoort een lijst van hoogstens 32 namen."), key);
    const char **list = WIJK_NEW(r->cx, const char *, v->n);
    for (size_t i = 0; i < v->n; i++) {
        if (v->child[i]->kind != WIJK_YAML_SCALAR || !*v->child[i]->text ||
            strlen(v->child[i]->text) > TEXT_MAX)
            return fail_at(r, v->child[i]->line, WIJK_T("bij %s hoort een lijst van hoogstens 32 namen."),
                           key);
        list[i] = v->child[i]->text;
    }
    *out = (struct wijk__sso_texts){list, v->n};
    return WIJK_OK;
}

static size_t line_of(const struct wijk_yaml *map, const char *key)
{
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    return v ? v->line : map->line;
}

/* ---- addresses ---- */

/* An address that a browser may be sent to: https, or http on this very computer. */
static bool browser_address(struct wijk_cx *cx, const char *url)
{
    static const char LOCAL[] = "http://localhost";
    const char *rest = url + sizeof LOCAL - 1;
    if (strncmp(url, LOCAL, sizeof LOCAL - 1) == 0 && (*rest == ':' || *rest == '/' || !*rest))
        return wijk_url_guarded(cx, wijk_sprintf(cx, "http://127.0.0.1%s", rest));
    return wijk_url_guarded(cx, url);
}

static enum wijk_err read_addresses(const struct reading *r, const struct wijk_yaml *map)
{
    struct wijk__sso_config *c = r->out;
    WIJK_TRY(text_of(r, map, "issuer", "", &c->issuer));
    WIJK_TRY(text_of(r, map, "redirect", "", &c->redirect));
    WIJK_TRY(text_of(r, map, "after_logout", "", &c->after_logout));
    WIJK_TRY(text_of(r, map, "proxy", NULL, &c->proxy));
    WIJK_TRY(text_of(r, map, "ca_file", NULL, &c->ca));
    if (!wijk_url_guarded(r->cx, c->issuer) || strpbrk(c->issuer, "?#"))
        return fail_at(r, line_of(map, "issuer"),
                       WIJK_T("issuer is een adres dat begint met https://, zonder vraagteken of hekje."),
                       "");
    if (!browser_address(r->cx, c->redirect) || strchr(c->redirect, '#'))
        return fail_at(r, line_of(map, "redirect"),
                       WIJK_T("%s is een adres van deze Wijkregie dat begint met https://."), "redirect");
    if (*c->after_logout && (!browser_address(r->cx, c->after_logout) || strchr(c->after_logout, '#')))
        return fail_at(r, line_of(map, "after_logout"),
                       WIJK_T("%s is een adres van deze Wijkregie dat begint met https://."), "after_logout");
    return WIJK_OK;
}

/* ---- the secret ---- */

/* A path in the file counts from the folder that the file is in. */
static const char *beside(const struct reading *r, const char *path)
{
    const char *slash = strrchr(r->path, '/');
    if (path[0] == '/' || !slash) return path;
    return wijk_sprintf(r->cx, "%.*s/%s", (int)(slash - r->path), r->path, path);
}

/* Looks at the file that is opened, not at its name, so that nothing can be put in its place in between. */
static enum wijk_err read_secret(const struct reading *r, size_t line, const char *path)
{
    struct stat st;
    char *bytes = WIJK_NEW(r->cx, char, SECRET_MAX + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return wijk_fail(r->cx, errno == ENOENT ? WIJK_ENOTFOUND : WIJK_EIO,
                         "%s regel %zu: het bestand met het geheim is er niet of is niet te lezen.", r->name,
                         line);
    bool stated = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    ssize_t n = stated ? read(fd, bytes, SECRET_MAX + 1) : -1;
    close(fd);
    if (!stated || n < 0)
        return wijk_fail(r->cx, WIJK_EIO,
                         "%s regel %zu: het bestand met het geheim is er niet of is niet te lezen.", r->name,
                         line);
    if (st.st_mode & (S_IRWXG | S_IRWXO))
        return wijk_fail(
            r->cx, WIJK_EIO,
            "%s regel %zu: anderen kunnen bij het bestand met het geheim. Geef het alleen aan de "
            "gebruiker van de server: chmod 600.",
            r->name, line);
    struct wijk_str secret = wijk_str_trim((struct wijk_str){bytes, (size_t)n});
    bool good = secret.n && n <= SECRET_MAX && wijk_utf8_valid(secret, NULL);
    for (size_t i = 0; i < secret.n; i++) good = good && (unsigned char)secret.p[i] >= 0x20;
    if (!good)
        return wijk_fail(r->cx, WIJK_EDEF,
                         "%s regel %zu: in het bestand met het geheim hoort één regel tekst.", r->name, line);
    r->out->secret = wijk_str_dup(r->cx, secret);
    return WIJK_OK;
}

/* ---- roles ---- */

static enum wijk_err read_grant(const struct reading *r, const struct wijk_yaml *v, struct wijk_grant *out)
{
    static const char *const KEY[] = {"role", "gemeente", "partner"};
    if (v->kind != WIJK_YAML_MAP)
        return fail_at(r, v->line,
                       WIJK_T("achter een waarde hoort {role: .., gemeente: ..}, en zo nodig partner."), "");
    for (size_t i = 0; i < v->n; i++) {
        if (strcmp(v->key[i], KEY[0]) != 0 && strcmp(v->key[i], KEY[1]) != 0 &&
            strcmp(v->key[i], KEY[2]) != 0)
            return fail_at(r, v->child[i]->line, WIJK_T("de instelling %s is onbekend."), v->key[i]);
    }
    const char *role, *gemeente;
    char code[WIJK_CODE_MAX];
    WIJK_TRY(text_of(r, v, "role", "", &role));
    WIJK_TRY(text_of(r, v, "gemeente", "", &gemeente));
    WIJK_TRY(text_of(r, v, "partner", "", &out->partner));
    if (!wijk_role_parse(wijk_str(role), &out->role))
        return fail_at(r, line_of(v, "role"), WIJK_T("«%s» is geen rol."), role);
    if (!wijk_code_normalise(wijk_str(gemeente), WIJK_LEVEL_GEMEENTE, code))
        return fail_at(r, line_of(v, "gemeente"), WIJK_T("«%s» is geen code van een gemeente."), gemeente);
    if (wijk_role_of_partner(out->role) && !*out->partner)
        return fail_at(r, v->line, WIJK_T("bij de rol %s hoort een partner."), role);
    if (!wijk_role_of_partner(out->role) && *out->partner)
        return fail_at(r, line_of(v, "partner"), WIJK_T("bij de rol %s hoort geen partner."), role);
    out->gemeente = wijk_str_dup(r->cx, wijk_str(code));
    return WIJK_OK;
}

static enum wijk_err read_roles(const struct reading *r, const struct wijk_yaml *map)
{
    const struct wijk_yaml *roles = wijk_yaml_get(map, "roles"), *values = wijk_yaml_get(roles, "values");
    struct wijk__sso_config *c = r->out;
    if (roles->kind != WIJK_YAML_MAP || roles->n != 2 || !values || !wijk_yaml_get(roles, "claim"))
        return fail_at(r, roles->line, WIJK_T("onder roles horen claim en values."), "");
    WIJK_TRY(text_of(r, roles, "claim", "", &c->role_claim));
    if (values->kind != WIJK_YAML_MAP || values->n > ROLES_MAX)
        return fail_at(r, values->line, WIJK_T("onder values hoort per waarde een rol; hoogstens 500."), "");
    c->role = WIJK_NEW(r->cx, struct wijk__sso_role, values->n);
    c->n_role = values->n;
    for (size_t i = 0; i < values->n; i++) {
        c->role[i].value = values->key[i];
        WIJK_TRY(read_grant(r, values->child[i], &c->role[i].grant));
    }
    return WIJK_OK;
}

/* ---- the rest ---- */

static enum wijk_err read_scopes(const struct reading *r, const struct wijk_yaml *map)
{
    struct wijk__sso_texts scope;
    struct wijk_buf b = wijk_buf(r->cx, 0);
    wijk_buf_str(&b, "openid");
    WIJK_TRY(list_of(r, map, "scopes", &scope));
    if (!wijk_yaml_get(map, "scopes")) wijk_buf_str(&b, " profile");
    for (size_t i = 0; i < scope.n; i++) {
        for (const char *p = scope.v[i]; *p; p++) /* RFC 6749, section 3.3 */
            if ((unsigned char)*p <= 0x20 || (unsigned char)*p > 0x7e || *p == '"' || *p == '\\')
                return fail_at(r, line_of(map, "scopes"), WIJK_T("bij %s staat een teken dat er niet hoort."),
                               "scopes");
        if (strcmp(scope.v[i], "openid") != 0) wijk_buf_printf(&b, " %s", scope.v[i]);
    }
    r->out->scopes = wijk_buf_cstr(&b);
    return WIJK_OK;
}

static enum wijk_err read_second(const struct reading *r, const struct wijk_yaml *map)
{
    const struct wijk_yaml *second = wijk_yaml_get(map, "second_factor");
    struct wijk__sso_config *c = r->out;
    if (second && second->kind != WIJK_YAML_MAP)
        return fail_at(r, second->line, WIJK_T("onder second_factor horen acr of amr."), "");
    for (size_t i = 0; second && i < second->n; i++)
        if (strcmp(second->key[i], "acr") != 0 && strcmp(second->key[i], "amr") != 0)
            return fail_at(r, second->child[i]->line, WIJK_T("onder second_factor horen acr of amr."), "");
    WIJK_TRY(list_of(r, second, "acr", &c->acr));
    return list_of(r, second, "amr", &c->amr);
}

static enum wijk_err read_numbers(const struct reading *r, const struct wijk_yaml *map)
{
    const char *skew, *own;
    int64_t seconds = WIJK__SSO_SKEW_S;
    WIJK_TRY(text_of(r, map, "clock_skew_s", NULL, &skew));
    WIJK_TRY(text_of(r, map, "own_network", "false", &own));
    if (skew && !wijk_int_parse(wijk_str(skew), 0, SKEW_MOST_S, &seconds))
        return fail_at(r, line_of(map, "clock_skew_s"),
                       WIJK_T("clock_skew_s is een aantal seconden van 0 tot 600."), "");
    if (strcmp(own, "true") != 0 && strcmp(own, "false") != 0)
        return fail_at(r, line_of(map, "own_network"), WIJK_T("own_network is true of false."), "");
    r->out->skew_s = (int)seconds;
    r->out->own_network = strcmp(own, "true") == 0;
    return WIJK_OK;
}

/* Where a second person looks at a role before it is given. */
static enum wijk_err read_four_eyes(const struct reading *r, const struct wijk_yaml *map)
{
    const char *where;
    WIJK_TRY(text_of(r, map, "four_eyes", "here", &where));
    r->out->four_eyes_there = strcmp(where, "provider") == 0;
    if (r->out->four_eyes_there || strcmp(where, "here") == 0) return WIJK_OK;
    return fail_at(r, line_of(map, "four_eyes"), WIJK_T("four_eyes is here of provider."), "");
}

enum wijk_err wijk__sso_config_read(struct wijk_cx *cx, const char *path, struct wijk__sso_config *out)
{
    const char *slash = strrchr(path, '/'), *secret;
    struct reading r = {cx, slash ? slash + 1 : path, path, out};
    const struct wijk_yaml *map;
    struct wijk_str bytes;
    *out = (struct wijk__sso_config){0};
    WIJK_TRY(wijk_file_read(cx, path, FILE_MAX, &bytes));
    WIJK_TRY(wijk_yaml_read(cx, bytes, r.name, &map));
    WIJK_TRY(check_keys(&r, map));
    WIJK_TRY(read_addresses(&r, map));
    WIJK_TRY(text_of(&r, map, "client_id", "", &out->client_id));
    WIJK_TRY(text_of(&r, map, "client_secret_file", "", &secret));
    WIJK_TRY(text_of(&r, map, "label", "", &out->label));
    WIJK_TRY(text_of(&r, map, "name_claim", "name", &out->name_claim));
    WIJK_TRY(read_roles(&r, map));
    WIJK_TRY(read_scopes(&r, map));
    WIJK_TRY(read_second(&r, map));
    WIJK_TRY(read_four_eyes(&r, map));
    WIJK_TRY(read_numbers(&r, map));
    if (out->ca) out->ca = beside(&r, out->ca);
    return read_secret(&r, line_of(map, "client_secret_file"), beside(&r, secret));
}
