/* SPDX-License-Identifier: EUPL-1.2 */
/* Dates without a clock: everything is UTC, but for the one question which day it is in the Netherlands. */
#include "base/base_int.h"

#include <stdio.h>

struct civil {
    int64_t year;
    unsigned month, day;
};

/* Days since 1970-01-01 <-> the civil calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
static int64_t days_of(struct civil c)
{
    int64_t y = c.month <= 2 ? c.year - 1 : c.year, era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400,
            doy = (153 * ((int64_t)c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static struct civil civil_of(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365,
            doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153, month = mp < 10 ? mp + 3 : mp - 9;
    return (struct civil){yoe + era * 400 + (month <= 2), (unsigned)month,
                          (unsigned)(doy - (153 * mp + 2) / 5 + 1)};
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

void wijk_date_write(int64_t unix_s, char out[24])
{
    struct civil c = civil_of(floor_div(unix_s, 86400));
    snprintf(out, 24, "%04d-%02u-%02u", (int)c.year % 10000, c.month % 100, c.day % 100);
}

void wijk_time_write(int64_t unix_s, char out[24])
{
    int64_t day = floor_div(unix_s, 86400);
    unsigned s = (unsigned)(unix_s - day * 86400);
    struct civil c = civil_of(day);
    snprintf(out, 24, "%04d-%02u-%02uT%02u:%02u:%02uZ", (int)c.year % 10000, c.month % 100, c.day % 100,
             s / 3600 % 24, s / 60 % 60, s % 60);
}

bool wijk_date_parse(struct wijk_str s, int64_t *unix_s)
{
    int64_t y, m, d;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-') return false;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (s.p[i] < '0' || s.p[i] > '9')) return false;
    if (!wijk_int_parse((struct wijk_str){s.p, 4}, 1, 9999, &y) ||
        !wijk_int_parse((struct wijk_str){s.p + 5, 2}, 1, 12, &m) ||
        !wijk_int_parse((struct wijk_str){s.p + 8, 2}, 1, 31, &d))
        return false;
    int64_t days = days_of((struct civil){y, (unsigned)m, (unsigned)d});
    if (civil_of(days).day != (unsigned)d) return false; /* 31 April */
    *unix_s = days * 86400;
    return true;
}

/* 01:00 UTC on the last Sunday of a month of 31 days: when clocks in the European Union change. */
static int64_t clock_change(int64_t year, unsigned month)
{
    int64_t last = days_of((struct civil){year, month, 31});
    int64_t weekday = (last % 7 + 7 + 4) % 7; /* 1970-01-01 was a Thursday; 0 is Sunday */
    return (last - weekday) * 86400 + 3600;
}

int64_t wijk_day_nl(int64_t unix_s)
{
    int64_t year = civil_of(floor_div(unix_s, 86400)).year;
    bool summer = unix_s >= clock_change(year, 3) && unix_s < clock_change(year, 10);
    return floor_div(unix_s + (summer ? 7200 : 3600), 86400) * 86400;
}

const char *wijk_date_people(struct wijk_cx *cx, int64_t unix_s)
{
    static const char *const MONTH[] = {WIJK_T("januari"), WIJK_T("februari"), WIJK_T("maart"),
                                        WIJK_T("april"),   WIJK_T("mei"),      WIJK_T("juni"),
                                        WIJK_T("juli"),    WIJK_T("augustus"), WIJK_T("september"),
                                        WIJK_T("oktober"), WIJK_T("november"), WIJK_T("december")};
    struct civil c = civil_of(floor_div(unix_s, 86400));
    return wijk_sprintf(cx, "%u %s %d", c.day, wijk_tr(cx, MONTH[c.month - 1]), (int)c.year);
}
