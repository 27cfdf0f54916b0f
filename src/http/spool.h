/* SPDX-License-Identifier: EUPL-1.2 */
/* Files on their way in: a folder of their own, one folder in it for each file, nobody else's to read. */
#ifndef WIJK_HTTP_SPOOL_H
#define WIJK_HTTP_SPOOL_H

#include "wijk.h"

enum { HTTP_ID = 32 };

struct http_spool;
struct http_upload;
/* Makes the folder, holds it against a second server, and clears away what a killed one left in it.
 * Fails WIJK_EIO, WIJK_EEXISTS another server holds it. */
enum wijk_err wijk__spool_open(struct wijk_cx *cx, const char *dir, struct http_spool **out);
void wijk__spool_close(struct http_spool *spool); /* with all that is in it; NULL allowed */

/* A new file for so many bytes. NULL: there is no room for it, or nothing can be written there. */
struct http_upload *wijk__upload_begin(struct http_spool *spool, uint64_t bytes);
/* After a failure the rest is let go; wijk__upload_done() tells. */
void wijk__upload_take(struct http_upload *u, const void *bytes, size_t n);
/* The file under the name people gave it. false: not all of it could be written, and nothing is left.
 * u stays until wijk__upload_free(). */
bool wijk__upload_done(struct http_upload *u, const char *name);
const char *wijk__upload_id(const struct http_upload *u);
const char *wijk__upload_path(const struct http_upload *u); /* once done */
const char *wijk__upload_sha256(const struct http_upload *u);
uint64_t wijk__upload_bytes(const struct http_upload *u);
void wijk__upload_free(struct http_upload *u); /* with the file unless it is done; NULL allowed */
void wijk__spool_remove(struct http_spool *spool, const char *id);

/* HTTP_ID hex digits that nobody can guess. false: the system has none. */
bool wijk__spool_random(char out[HTTP_ID + 1]);

#endif
