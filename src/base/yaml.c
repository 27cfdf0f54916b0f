/* SPDX-License-Identifier: EUPL-1.2 */
/* Definition files: YAML by libyaml, into a small tree. What a definition does not need (anchors, aliases,
 * tags, several documents) is refused. */
#include "base/base_int.h"

#include <string.h>
#include <yaml.h>

/* A definition is written by hand; keys are compared one by one, so their number has a ceiling. */
enum { KEYS_MOST = 4096 };

struct reading {
    struct wijk_cx *cx;
    yaml_parser_t parser;
    const char *name;
};

static enum wijk_err complain(struct reading *r, size_t line, const char *what)
{
    return wijk_fail(r->cx, WIJK_EDEF, "%s regel %zu: %s", r->name, line, wijk_tr(r->cx, what));
}

static enum wijk_err next_event(struct reading *r, yaml_event_t *e)
{
    if (yaml_parser_parse(&r->parser, e)) return WIJK_OK;
    return complain(r, r->parser.problem_mark.line + 1, "dit is geen geldige YAML.");
}

static enum wijk_err read_node(struct reading *r, const yaml_event_t *first, int depth,
                               struct wijk_yaml **out);

static void grow(struct wijk_cx *cx, struct wijk_yaml *node, size_t *cap)
{
    if (node->n < *cap) return;
    size_t more = *cap ? *cap * 2 : 8;
    struct wijk_yaml **child = WIJK_NEW(cx, struct wijk_yaml *, more);
    const char **key = WIJK_NEW(cx, const char *, more);
    if (node->n) {
        memcpy(child, node->child, node->n * sizeof *child);
        memcpy(key, node->key, node->n * sizeof *key);
    }
    node->child = child;
    node->key = key;
    *cap = more;
}

static enum wijk_err read_key(struct reading *r, struct wijk_yaml *map, const yaml_event_t *e,
                              const char **out)
{
    size_t line = e->start_mark.line + 1;
    if (e->type != YAML_SCALAR_EVENT || e->data.scalar.anchor || e->data.scalar.tag)
        return complain(r, line, "een sleutel hoort een gewoon woord te zijn.");
    if (map->n == KEYS_MOST) return complain(r, line, "de lijst heeft te veel sleutels.");
    const char *key =
        wijk_str_dup(r->cx, (struct wijk_str){(const char *)e->data.scalar.value, e->data.scalar.length});
    for (size_t i = 0; i < map->n; i++)
        if (strcmp(map->key[i], key) == 0)
            return wijk_fail(r->cx, WIJK_EDEF, "%s regel %zu: de sleutel %s staat er twee keer.", r->name,
                             line, key);
    *out = key;
    return WIJK_OK;
}

static enum wijk_err read_children(struct reading *r, struct wijk_yaml *node, int depth)
{
    yaml_event_type_t last = node->kind == WIJK_YAML_MAP ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    size_t cap = 0;
    for (;;) {
        yaml_event_t e;
        WIJK_TRY(next_event(r, &e));
        if (e.type == last) {
            yaml_event_delete(&e);
            return WIJK_OK;
        }
        const char *key = NULL;
        enum wijk_err err = WIJK_OK;
        if (node->kind == WIJK_YAML_MAP) {
            err = read_key(r, node, &e, &key);
            yaml_event_delete(&e);
            if (err == WIJK_OK) err = next_event(r, &e);
            if (err != WIJK_OK) return err;
        }
        grow(r->cx, node, &cap);
        struct wijk_yaml *child;
        err = read_node(r, &e, depth + 1, &child);
        yaml_event_delete(&e);
        WIJK_TRY(err);
        node->key[node->n] = key;
        node->child[node->n++] = child;
    }
}

static enum wijk_err read_node(struct reading *r, const yaml_event_t *first, int depth,
                               struct wijk_yaml **out)
{
    size_t line = first->start_mark.line + 1;
    struct wijk_yaml *node = WIJK_NEW(r->cx, struct wijk_yaml, 1);
    node->line = line;
    node->text = "";
    *out = node;
    if (depth > WIJK_LIMIT_DEPTH) return complain(r, line, "de lijst is te diep genest.");
    switch (first->type) {
    case YAML_SCALAR_EVENT: {
        struct wijk_str text = {(const char *)first->data.scalar.value, first->data.scalar.length};
        if (first->data.scalar.anchor || first->data.scalar.tag) break;
        if (!wijk_utf8_valid(text, NULL)) return complain(r, line, "de tekst bevat een teken dat niet mag.");
        node->kind = WIJK_YAML_SCALAR;
        node->text = wijk_str_dup(r->cx, text);
        return WIJK_OK;
    }
    case YAML_SEQUENCE_START_EVENT:
        if (first->data.sequence_start.anchor || first->data.sequence_start.tag) break;
        node->kind = WIJK_YAML_LIST;
        return read_children(r, node, depth);
    case YAML_MAPPING_START_EVENT:
        if (first->data.mapping_start.anchor || first->data.mapping_start.tag) break;
        node->kind = WIJK_YAML_MAP;
        return read_children(r, node, depth);
    default: break;
    }
    return complain(r, line, "ankers, verwijzingen en tags van YAML mogen hier niet.");
}

static enum wijk_err read_document(struct reading *r, const struct wijk_yaml **out)
{
    bool seen = false;
    for (;;) {
        yaml_event_t e;
        WIJK_TRY(next_event(r, &e));
        enum wijk_err err = WIJK_OK;
        bool end = e.type == YAML_STREAM_END_EVENT;
        bool frame = end || e.type == YAML_STREAM_START_EVENT || e.type == YAML_DOCUMENT_START_EVENT ||
                     e.type == YAML_DOCUMENT_END_EVENT;
        if (!frame && seen) err = complain(r, e.start_mark.line + 1, "er staat meer dan één document in.");
        if (!frame && !seen) {
            struct wijk_yaml *node;
            err = read_node(r, &e, 0, &node);
            *out = node;
            seen = true;
        }
        yaml_event_delete(&e);
        WIJK_TRY(err);
        if (end) return seen ? WIJK_OK : complain(r, 1, "het bestand is leeg.");
    }
}

enum wijk_err wijk_yaml_read(struct wijk_cx *cx, struct wijk_str bytes, const char *name,
                             const struct wijk_yaml **out)
{
    struct reading r = {.cx = cx, .name = name};
    if (bytes.n > WIJK_LIMIT_YAML)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: een definitie is hoogstens 4 MiB.", name);
    if (!yaml_parser_initialize(&r.parser)) return wijk_fail(cx, WIJK_EIO, "%s: het geheugen is op.", name);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes.p, bytes.n);
    enum wijk_err err = read_document(&r, out);
    yaml_parser_delete(&r.parser);
    return err;
}

const struct wijk_yaml *wijk_yaml_get(const struct wijk_yaml *map, const char *key)
{
    if (!map || map->kind != WIJK_YAML_MAP) return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (strcmp(map->key[i], key) == 0) return map->child[i];
    return NULL;
}

const char *wijk_yaml_text(const struct wijk_yaml *map, const char *key, const char *otherwise)
{
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    return v && v->kind == WIJK_YAML_SCALAR ? v->text : otherwise;
}
