/* SPDX-License-Identifier: EUPL-1.2 */
/* wijk.h - the whole library. A header may include only headers named above its own; tools/layers checks it.
 */
#ifndef WIJK_WIJK_H
#define WIJK_WIJK_H

#include "base/base.h"         /* context, faults, text, numbers, dates, CSV, JSON, YAML */
#include "stats/stats.h"       /* arrays in, numbers out; no domain words                */
#include "geo/geo.h"           /* planar geometry in RD metres, vector tiles            */
#include "domain/domain.h"     /* gebied, period, indicator, series, definitions         */
#include "people/people.h"     /* roles, rights, sharing, passwords, the audit chain    */
#include "people/moderation.h" /* what may be taken away, why, and what becomes of it   */
#include "people/partner.h"    /* organisations and what they offer where               */
#include "people/norm.h"       /* what a gemeente agreed on about a figure               */
#include "measure/measure.h"   /* livability scores, classes, change                     */
#include "disclose/disclose.h" /* the one way out for figures: rounded or hidden */
#include "report/report.h"     /* results as tables, CSV, JSON, GeoJSON, sentences       */
/* ---- above: pure. No file, socket, SQL or clock, and no random seed of its own. */
#include "store/store.h"            /* the only SQL; files                                    */
#include "store/people_store.h"     /* ... and what it keeps of people                     */
#include "store/partner_store.h"    /* ... of organisations and their offers */
#include "store/norm_store.h"       /* ... of local norms                                    */
#include "store/signal_store.h"     /* ... of what professionals report                       */
#include "store/moderation_store.h" /* ... of texts that were taken away */
#include "store/address_store.h"    /* addresses, in a file of their own */
#include "fetch/fetch.h"            /* open data from its publishers: the only network client   */
#include "fetch/post.h"             /* ... and letters */
#include "sso/sso.h"                /* signing in by an identity provider                      */
#include "import/import.h"          /* foreign files become areas and series                  */
#include "flow/flow.h"              /* recipes: load, compute, save                           */
#include "flow/people_flow.h"       /* ... and of people                                    */
#include "flow/partner_flow.h"      /* ... of organisations, their offers, what is lacking  */
#include "flow/norm_flow.h"         /* ... of local norms                                    */
#include "flow/signal_flow.h"       /* ... of signals of professionals                        */
#include "flow/moderation_flow.h"   /* ... of moderation, and of what waits for somebody */
#include "flow/follow_flow.h"       /* ... and of who follows an area */
/* ---- the programs: tables of one-line entries over flow */
#include "http/http.h" /* the server                                             */

#endif
