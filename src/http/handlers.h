/* SPDX-License-Identifier: EUPL-1.2 */
/* The handlers' declarations, from the route table. */
#ifndef WIJK_HTTP_HANDLERS_H
#define WIJK_HTTP_HANDLERS_H

#include "http/http_int.h"
#include "http/routes.h"

#define R(id, path, cost, role, summary, schema, ...) void wijk__res_##id(struct http_call *c);
HTTP_ROUTES(R)
#undef R
#define W(id, method, path, role, summary, schema, body, status, ...)                                        \
    void wijk__res_##id(struct http_call *c);
HTTP_WRITES(W)
#undef W
#define P(id, method, path, cost, who, right, summary, schema, body, status, ...)                            \
    void wijk__res_##id(struct http_call *c);
HTTP_PEOPLE(P)
#undef P

#endif
