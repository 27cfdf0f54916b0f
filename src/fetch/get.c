/* SPDX-License-Identifier: EUPL-1.2 */
/* One address to one file in the cache: asked again only when it changed, taken up where it broke off, tried
 * again with growing pauses when the service falters, and never anywhere that was not allowed. */
#include "fetch/fetch_int.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    EXCERPT = 4096,          /* kept of an answer that is no file              */
    HEADER_VALUE = 256,      /* of an ETag or date; a longer one is not kept   */
    TOTAL_TIME_S = 2 * 3600, /* of one transfer, however steady                */
    LEAST_BYTES_S = 100,
    PAUSE_MOST_S = 120, /* also when the service asks for more            */
    NAP_MS = 100
};

/* One request and what came of it. */
struct transfer {
    struct wijk_cx *cx;
    struct wijk_fetch *f;
    const struct wijk__get *get;
    const char *url; /* the one asked: the first, or where it redirected to */
    int fd;          /* of the .part                                        */
    uint64_t from, bytes;
    bool loopback, private_address, too_big, begun, cancelled, not_kept;
    int why; /* errno of a write that failed */
    char etag[HEADER_VALUE], modified[HEADER_VALUE];
    int64_t range_start, range_total; /* of the answer; -1 none */
    long retry_after_s;               /* -1 none */
    long proxy_status;                /* of a proxy that was asked to connect; 0 none */
    size_t n_excerpt;
    char excerpt[EXCERPT];
};

/* ---- what libcurl calls ---- */

static curl_socket_t open_socket(void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct transfer *t = self;
    (void)purpose;
    /* A proxy stands in the own network, and is the only one that is called. It looks the name up itself, so
     * what guards then is the list of services and their certificates. */
    if (!t->loopback && !t->f->opt.proxy && !wijk__address_public(&address->addr)) {
        t->private_address = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int on_progress(void *self, curl_off_t total, curl_off_t done, curl_off_t up_total, curl_off_t up)
{
    struct transfer *t = self;
    (void)up_total, (void)up;
    t->cancelled = !wijk_progress_step(t->f->opt.progress, t->get->label, t->from + (uint64_t)done,
                                       total > 0 ? t->from + (uint64_t)total : 0);
    return t->cancelled;
}

static bool header_is(struct wijk_str line, const char *name, struct wijk_str *value)
{
    size_t n = strlen(name);
    if (line.n <= n || strncasecmp(line.p, name, n) != 0 || line.p[n] != ':') return false;
    *value = wijk_str_trim((struct wijk_str){line.p + n + 1, line.n - n - 1});
    return true;
}

static void keep_header(char into[HEADER_VALUE], struct wijk_str value)
{
    into[0] = 0;
    if (value.n >= HEADER_VALUE) return;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] < 0x20 || value.p[i] > 0x7e) return;
    memcpy(into, value.p, value.n);
    into[value.n] = 0;
}

/* "bytes 100-199/200" */
static void take_range(struct transfer *t, struct wijk_str value)
{
    const char *dash = memchr(value.p, '-', value.n), *slash = memchr(value.p, '/', value.n);
    if (!wijk_str_starts(value, "bytes ") || !dash || !slash || slash < dash) return;
    struct wijk_str start = {value.p + 6, (size_t)(dash - value.p) - 6};
    struct wijk_str total = {slash + 1, (size_t)(value.p + value.n - slash) - 1};
    if (!wijk_int_parse(start, 0, INT64_MAX, &t->range_start)) t->range_start = -1;
    if (!wijk_int_parse(total, 0, INT64_MAX, &t->range_total)) t->range_total = -1;
}

static size_t on_header(char *line, size_t size, size_t n, void *self)
{
    struct transfer *t = self;
    struct wijk_str text = {line, size * n}, value;
    int64_t seconds;
    if (wijk_str_starts(text, "HTTP/")) {
        t->etag[0] = t->modified[0] = 0;
        t->range_start = t->range_total = -1;
        t->retry_after_s = -1;
    }
    if (header_is(text, "etag", &value)) keep_header(t->etag, value);
    if (header_is(text, "last-modified", &value)) keep_header(t->modified, value);
    if (header_is(text, "content-range", &value)) take_range(t, value);
    if (header_is(text, "retry-after", &value) && wijk_int_parse(value, 0, 86400, &seconds))
        t->retry_after_s = (long)seconds;
    return text.n;
}

/* The first bytes of a file: go on behind what is there, or start anew; and note what makes it the same one
 * the next time. */
static bool begin_body(struct transfer *t, long status)
{
    t->begun = true;
    bool goes_on = status == 206 && t->range_start >= 0 && (uint64_t)t->range_start == t->from;
    if (status == 206 && !goes_on) return false;
    if (!goes_on) t->from = 0;
    t->bytes = t->from;
    if (!goes_on && (ftruncate(t->fd, 0) != 0 || lseek(t->fd, 0, SEEK_SET) < 0)) return t->why = errno, false;
    if (goes_on && lseek(t->fd, (off_t)t->from, SEEK_SET) < 0) return t->why = errno, false;
    struct wijk__kept about = {t->etag, t->modified, "", "", 0};
    if (t->get->whole && !goes_on)
        t->not_kept = wijk__kept_save_part(t->cx, t->f, t->get->url, about) != WIJK_OK;
    return !t->not_kept;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *self)
{
    struct transfer *t = self;
    long status = 0;
    n *= size;
    curl_easy_getinfo(t->f->curl, CURLINFO_RESPONSE_CODE, &status);
    t->f->bytes += n;
    if (status != 200 && status != 206) {
        size_t room = EXCERPT - t->n_excerpt, take = n < room ? n : room;
        memcpy(t->excerpt + t->n_excerpt, bytes, take);
        t->n_excerpt += take;
        return t->n_excerpt == EXCERPT ? 0 : n;
    }
    if (!t->begun && !begin_body(t, status)) return 0;
    if (n > t->get->max_bytes - t->bytes) return t->too_big = true, 0;
    for (size_t put = 0; put < n;) {
        ssize_t done = write(t->fd, bytes + put, n - put);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return t->why = errno, 0;
        put += (size_t)done;
    }
    t->bytes += n;
    return n;
}

/* ---- one request ---- */

static struct curl_slist *headers_of(struct transfer *t, const struct wijk__kept *have,
                                     const struct wijk__kept *part)
{
    struct wijk_cx *cx = t->cx;
    struct curl_slist *list = curl_slist_append(NULL, wijk_sprintf(cx, "Accept: %s", t->get->accept));
    if (part) {
        bool strong = *part->etag && strncmp(part->etag, "W/", 2) != 0;
        list = curl_slist_append(list, wijk_sprintf(cx, "Range: bytes=%llu-", (unsigned long long)t->from));
        list =
            curl_slist_append(list, wijk_sprintf(cx, "If-Range: %s", strong ? part->etag : part->modified));
    } else if (have && *have->etag) {
        list = curl_slist_append(list, wijk_sprintf(cx, "If-None-Match: %s", have->etag));
    } else if (have && *have->modified) {
        list = curl_slist_append(list, wijk_sprintf(cx, "If-Modified-Since: %s", have->modified));
    }
    return list;
}

void wijk__curl_set(CURL *c, struct wijk__line line)
{
    curl_easy_reset(c);
    curl_easy_setopt(c, CURLOPT_URL, line.url);
    curl_easy_setopt(c, CURLOPT_USERAGENT, line.agent);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, line.loopback ? "http,https" : "https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);                  /* each step is checked by us */
    curl_easy_setopt(c, CURLOPT_PROXY, line.proxy ? line.proxy : ""); /* never from the environment */
    curl_easy_setopt(c, CURLOPT_NOPROXY, "");
    curl_easy_setopt(c, CURLOPT_HTTPPROXYTUNNEL, line.proxy ? 1L : 0L);
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (line.ca) curl_easy_setopt(c, CURLOPT_CAINFO, line.ca);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, line.error);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)line.connect_s);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)line.total_s);
}

static void set_options(struct transfer *t, const struct curl_slist *headers)
{
    CURL *c = t->f->curl;
    const struct wijk_fetch_opt *opt = &t->f->opt;
    wijk__curl_set(c, (struct wijk__line){.url = t->url,
                                          .proxy = opt->proxy,
                                          .ca = opt->ca,
                                          .agent = "Wijkregie/0.1 (wijk fetch)",
                                          .error = t->f->curl_error,
                                          .connect_s = opt->timeout_s,
                                          .total_s = TOTAL_TIME_S,
                                          .loopback = t->loopback});
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)LEAST_BYTES_S);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)opt->timeout_s);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
    /* A file that may be taken up again comes as it is; a page comes packed, and its limit is on what comes
     * out. */
    if (!t->get->whole) curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
}

/* Asks, and follows the service to other places on the list. *code is libcurl's own verdict. */
static enum wijk_err ask(struct transfer *t, const struct wijk__kept *have, const struct wijk__kept *part,
                         CURLcode *code, long *status)
{
    t->url = t->get->url;
    for (int step = 0; step <= WIJK_FETCH_REDIRECTS; step++) {
        const char *to = NULL;
        WIJK_TRY(wijk__url_check(t->cx, t->f, t->url, &t->loopback));
        struct curl_slist *headers = headers_of(t, have, part);
        t->begun = t->too_big = t->private_address = t->not_kept = false;
        t->n_excerpt = 0;
        t->range_start = t->range_total = -1;
        t->retry_after_s = -1;
        set_options(t, headers);
        *code = curl_easy_perform(t->f->curl);
        *status = 0;
        curl_easy_getinfo(t->f->curl, CURLINFO_RESPONSE_CODE, status);
        t->proxy_status = 0;
        if (t->f->opt.proxy) curl_easy_getinfo(t->f->curl, CURLINFO_HTTP_CONNECTCODE, &t->proxy_status);
        curl_easy_getinfo(t->f->curl, CURLINFO_REDIRECT_URL, &to);
        if (to) to = wijk_str_dup(t->cx, wijk_str(to));
        curl_slist_free_all(headers);
        t->f->requests++;
        if (*status < 300 || *status >= 400 || *status == 304 || !to) return WIJK_OK;
        t->url = to;
    }
    return wijk_fail(t->cx, WIJK_EIO, "%s verwijst steeds door; na %d keer is gestopt.",
                     wijk__url_host(t->cx, t->get->url), WIJK_FETCH_REDIRECTS);
}

/* ---- what came of it ---- */

static bool passes(CURLcode code, long status)
{
    static const CURLcode AGAIN[] = {
        CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT,   CURLE_OPERATION_TIMEDOUT,
        CURLE_PARTIAL_FILE,         CURLE_GOT_NOTHING,       CURLE_SEND_ERROR,
        CURLE_RECV_ERROR,           CURLE_SSL_CONNECT_ERROR, CURLE_HTTP2,
        CURLE_HTTP2_STREAM};
    for (size_t i = 0; i < sizeof AGAIN / sizeof *AGAIN; i++)
        if (code == AGAIN[i]) return true;
    return code == CURLE_OK && (status == 408 || status == 425 || status == 429 || status == 500 ||
                                status == 502 || status == 503 || status == 504);
}

/* The sentence for a transfer that failed for good. */
static enum wijk_err fail_transfer(struct transfer *t, CURLcode code, int tries)
{
    struct wijk_cx *cx = t->cx;
    const char *host = wijk__url_host(cx, t->url);
    if (t->cancelled)
        return wijk_fail(cx, WIJK_ECANCEL, "%s: gestopt op verzoek. Wat er al was, blijft bewaard.", host);
    if (t->private_address)
        return wijk_fail(cx, WIJK_EIO,
                         "%s wijst naar een adres binnen het eigen netwerk; daar wordt niets opgehaald.",
                         host);
    if (t->too_big)
        return wijk_fail(cx, WIJK_ELIMIT, "%s geeft meer dan de grens van %llu MB.", host,
                         (unsigned long long)(t->get->max_bytes >> 20));
    if (t->not_kept) return WIJK_EIO; /* the sentence stands */
    if (t->proxy_status >= 300)
        return wijk_fail(cx, WIJK_EIO, "De proxy laat %s niet door (status %ld).", host, t->proxy_status);
    if (t->why)
        return wijk_fail(cx, WIJK_EIO, "Wat %s geeft is niet te bewaren (%s).", host,
                         strerrordesc_np(t->why));
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return wijk_fail(cx, WIJK_EIO, "Het certificaat van %s is niet te vertrouwen; er is niets opgehaald.",
                         host);
    case CURLE_COULDNT_RESOLVE_PROXY:
        return wijk_fail(cx, WIJK_EIO, "De proxy %s is niet te vinden.", t->f->opt.proxy);
    case CURLE_COULDNT_RESOLVE_HOST:
        return wijk_fail(cx, WIJK_EIO, "%s is niet te vinden. Is er verbinding met internet?", host);
    case CURLE_COULDNT_CONNECT:
        return wijk_fail(cx, WIJK_EIO, "%s is niet bereikbaar (%d keer geprobeerd).", host, tries);
    case CURLE_OPERATION_TIMEDOUT:
        return wijk_fail(cx, WIJK_EIO, "%s antwoordt te traag (%d keer geprobeerd).", host, tries);
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
        return wijk_fail(cx, WIJK_EIO, "%s breekt het antwoord steeds af (%d keer geprobeerd).", host, tries);
    default:
        return wijk_fail(cx, WIJK_EIO, "%s: ophalen lukt niet (%s).", host,
                         *t->f->curl_error ? t->f->curl_error : curl_easy_strerror(code));
    }
}

static enum wijk_err fail_status(struct transfer *t, long status, int tries)
{
    struct wijk_cx *cx = t->cx;
    const char *host = wijk__url_host(cx, t->url);
    const char *text = wijk__fault_text(cx, (struct wijk_str){t->excerpt, t->n_excerpt});
    if (status == 404 || status == 410)
        return wijk_fail(cx, WIJK_ENOTFOUND, "%s heeft dit niet (meer): %.200s", host, t->url);
    if (passes(CURLE_OK, status))
        return wijk_fail(cx, WIJK_EIO, "%s werkt nu niet: status %ld, %d keer geprobeerd. %s", host, status,
                         tries, text);
    return wijk_fail(cx, WIJK_EIO, "%s weigert: status %ld. %s", host, status, text);
}

/* ---- pauses ---- */

static void nap(int ms)
{
    struct timespec left = {ms / 1000, (long)(ms % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
}

static uint64_t next_random(struct wijk_fetch *f)
{
    f->random += 0x9E3779B97F4A7C15u; /* splitmix64 */
    uint64_t z = f->random;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Doubling, spread over half its length so that many clients do not come back at once; as long as the
 * service asked for, when it did. */
static int pause_ms(struct transfer *t, int attempt)
{
    uint64_t ms = (uint64_t)t->f->opt.wait_ms << (attempt < 10 ? attempt : 10);
    ms = ms / 2 + next_random(t->f) % (ms / 2 + 1);
    if (t->retry_after_s >= 0 && ms < (uint64_t)t->retry_after_s * 1000)
        ms = (uint64_t)t->retry_after_s * 1000;
    return (int)(ms < PAUSE_MOST_S * 1000 ? ms : PAUSE_MOST_S * 1000);
}

static bool wait_for(struct transfer *t, int ms)
{
    for (; ms > 0; ms -= NAP_MS) {
        if (!wijk_progress_step(t->f->opt.progress, t->get->label, 0, 0)) return false;
        nap(ms < NAP_MS ? ms : NAP_MS);
    }
    return true;
}

/* ---- one file ---- */

/* The .part is whole: it becomes the file. */
static enum wijk_err keep(struct transfer *t, struct wijk__got *out)
{
    struct wijk_cx *cx = t->cx;
    const char *url = t->get->url, *body = wijk__kept_path(cx, t->f, url, ".body");
    char date[24], hex[65];
    struct wijk_file *file;
    struct wijk__kept about = {t->etag, t->modified, hex, date, 0};
    if ((t->get->whole && fsync(t->fd) != 0) || rename(wijk__kept_path(cx, t->f, url, ".part"), body) != 0) {
        t->why = errno;
        return fail_transfer(t, CURLE_WRITE_ERROR, 1);
    }
    WIJK_TRY(wijk_file_open(cx, body, &file));
    enum wijk_err err = wijk_file_hash(cx, file, hex, &about.bytes);
    wijk_file_close(file);
    WIJK_TRY(err);
    wijk_date_write(t->f->opt.now, date);
    WIJK_TRY(wijk__kept_save(cx, t->f, url, about));
    wijk__kept_drop_part(cx, t->f, url);
    *out = (struct wijk__got){.path = body, .retrieved = wijk_str_dup(cx, wijk_str(date))};
    return WIJK_OK;
}

/* Did all of it come? A range tells the size of the whole; without one libcurl has counted. */
static bool complete(const struct transfer *t, long status)
{
    if (!t->begun) return status == 200; /* an empty file */
    return t->range_total < 0 || status != 206 || t->bytes == (uint64_t)t->range_total;
}

static enum wijk_err try_all(struct transfer *t, const struct wijk__kept *have, struct wijk__got *out)
{
    for (int attempt = 0;; attempt++) {
        struct wijk__kept part;
        CURLcode code = CURLE_OK;
        long status = 0;
        bool on = t->get->whole && wijk__kept_find_part(t->cx, t->f, t->get->url, &part);
        t->from = on ? part.bytes : 0;
        if (t->f->requests && !wait_for(t, t->f->opt.wait_ms / 4)) t->cancelled = true;
        if (t->cancelled) return fail_transfer(t, CURLE_ABORTED_BY_CALLBACK, attempt);
        WIJK_TRY(ask(t, have, on ? &part : NULL, &code, &status));
        if (code == CURLE_OK && status == 304 && have) {
            t->f->unchanged++;
            *out =
                (struct wijk__got){wijk__kept_path(t->cx, t->f, t->get->url, ".body"), have->retrieved, true};
            return WIJK_OK;
        }
        if (code == CURLE_OK && status == 200 && !t->begun && !begin_body(t, status))
            return fail_transfer(t, CURLE_WRITE_ERROR, attempt + 1);
        if (code == CURLE_OK && (status == 200 || status == 206) && complete(t, status)) return keep(t, out);
        bool ours = t->cancelled || t->private_address || t->too_big || t->why || t->not_kept ||
                    t->proxy_status >= 300;
        /* A range that cannot be given, or another than asked for: from the start. */
        bool range = on && !ours && (status == 416 || status == 206);
        if (range && code != CURLE_OPERATION_TIMEDOUT && code != CURLE_PARTIAL_FILE)
            wijk__kept_drop_part(t->cx, t->f, t->get->url);
        bool again = !ours && (range || passes(code, status));
        if (!again || attempt + 1 >= t->f->opt.tries) {
            bool answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && !ours);
            return answered ? fail_status(t, status, attempt + 1) : fail_transfer(t, code, attempt + 1);
        }
        if (!wait_for(t, pause_ms(t, attempt))) t->cancelled = true;
    }
}

enum wijk_err wijk__get(struct wijk_cx *cx, struct wijk_fetch *f, struct wijk__get get, struct wijk__got *out)
{
    struct wijk__kept have;
    struct transfer *t = WIJK_NEW(cx, struct transfer, 1);
    *t = (struct transfer){.cx = cx, .f = f, .get = &get, .url = get.url};
    bool known = wijk__kept_find(cx, f, get.url, &have);
    t->fd = open(wijk__kept_path(cx, f, get.url, ".part"), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (t->fd < 0) {
        t->why = errno;
        return fail_transfer(t, CURLE_WRITE_ERROR, 1);
    }
    enum wijk_err err = try_all(t, known ? &have : NULL, out);
    close(t->fd);
    /* What can be taken up again stays; the rest of a page is of no use. */
    if (!get.whole || err == WIJK_OK) wijk__kept_drop_part(cx, f, get.url);
    return err;
}

/* ---- a run ---- */

static enum wijk_err lock_folder(struct wijk_fetch *f)
{
    const char *path = wijk_sprintf(f->cx, "%s/lock", f->opt.cache);
    f->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (f->lock < 0)
        return wijk_fail(f->cx, WIJK_EIO, "De map %s voor opgehaalde bestanden is niet te maken.",
                         f->opt.cache);
    if (flock(f->lock, LOCK_EX | LOCK_NB) == 0) return WIJK_OK;
    return wijk_fail(f->cx, WIJK_EEXISTS, "Er wordt al iets opgehaald naar de map %s.", f->opt.cache);
}

enum wijk_err wijk_fetch_open(struct wijk_cx *cx, struct wijk_fetch_opt opt, struct wijk_fetch **out)
{
    struct wijk_fetch *f = WIJK_NEW(cx, struct wijk_fetch, 1);
    *f = (struct wijk_fetch){.cx = cx, .opt = opt, .lock = -1, .random = opt.seed};
    if (!f->opt.tries) f->opt.tries = 5;
    if (!f->opt.wait_ms) f->opt.wait_ms = 1000;
    if (!f->opt.timeout_s) f->opt.timeout_s = 30;
    for (size_t i = 0; i < opt.n_allow; i++) WIJK_TRY(wijk__origin_check(cx, opt.allow[i]));
    if (opt.proxy) WIJK_TRY(wijk__proxy_check(cx, opt.proxy));
    WIJK_TRY(wijk__kept_folder(cx, opt.cache));
    enum wijk_err err = lock_folder(f);
    if (err == WIJK_OK &&
        (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(f->curl = curl_easy_init())))
        err = wijk_fail(cx, WIJK_EIO, "Ophalen lukt niet: %s.", "libcurl");
    if (err != WIJK_OK && f->lock >= 0) close(f->lock);
    *out = f;
    return err;
}

void wijk_fetch_close(struct wijk_fetch *f)
{
    if (!f) return;
    curl_easy_cleanup(f->curl);
    curl_global_cleanup();
    close(f->lock);
}
