/* SPDX-License-Identifier: EUPL-1.2 */
/* Organisations and offers: what is worked on beside what is public, versions, and data_version that stays.
 */
#include "store/partner_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-partner-XXXXXX";
static const int64_t NOW = 1790000000;
static const char *const AREA[] = {"WK990101", "BU99010305"};
static const struct wijk_partner_contact CONTACT[] = {{"Meldpunt overlast", "055 5801234", ""},
                                                      {"Verhuur", "", "info@linde.example"}};
static const struct wijk_partner_year YEAR[] = {{2026, 1340, -1}, {2027, -1, 125500}};

static struct wijk_store *fresh(struct wijk_cx *cx, const char *name)
{
    struct wijk_store *store;
    const char *path = wijk_sprintf(cx, "%s/%s", folder, name);
    unlink(path);
    assert_int_equal(wijk_store_create(cx, path, &store), WIJK_OK);
    return store;
}

static struct wijk_partner linde(void)
{
    return (struct wijk_partner){
        .gemeente = "GM9901",
        .id = "linde-wonen",
        .name = "Linde Wonen",
        .about = "Verhuurt woningen.",
        .site = "",
        .kind = WIJK_PARTNER_HOUSING,
        .means = WIJK_SHARING_ORGANISATION,
        .edited = {.sharing = WIJK_SHARING_PARTNERS, .made_by = 7, .made_at = NOW, .changed_at = NOW},
        .n_area = 2,
        .area = AREA,
        .n_contact = 2,
        .contact = CONTACT,
        .n_year = 2,
        .year = YEAR};
}

static void test_partner(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = fresh(cx, "p.gpkg");
    struct wijk_store_info before, after;
    assert_int_equal(wijk_store_info(cx, store, &before), WIJK_OK);
    struct wijk_partner p = linde(), other = linde();
    const struct wijk_partner *kept;
    assert_int_equal(wijk_store_save_partner(cx, store, &p), WIJK_OK);
    assert_int_equal(p.edited.version, 1);
    assert_int_equal(wijk_store_save_partner(cx, store, &other), WIJK_EEXISTS);
    other.gemeente = "GM9902"; /* the same id in another gemeente is another organisation */
    assert_int_equal(wijk_store_save_partner(cx, store, &other), WIJK_OK);
    assert_int_equal(wijk_store_read_partner(cx, store, "GM9901", "linde-wonen", WIJK_EDITION_WORK, &kept),
                     WIJK_OK);
    assert_int_equal(kept->n_area, 2);
    assert_string_equal(kept->area[1], "BU99010305");
    assert_string_equal(kept->contact[0].phone, "055 5801234");
    assert_int_equal(kept->year[0].budget_euro, -1);
    assert_int_equal(kept->year[1].budget_euro, 125500);
    assert_int_equal(wijk_store_read_partner(cx, store, "GM9901", "linde-wonen", WIJK_EDITION_PUBLIC, &kept),
                     WIJK_OK);
    assert_null(kept);

    assert_int_equal(wijk_store_publish_partner(cx, store, "GM9901", "linde-wonen", 2, NOW + 9),
                     WIJK_ECONFLICT);
    assert_int_equal(wijk_store_publish_partner(cx, store, "GM9901", "linde-wonen", 1, NOW + 9), WIJK_OK);
    assert_int_equal(wijk_store_publish_partner(cx, store, "GM9901", "linde-wonen", 1, NOW + 9),
                     WIJK_ECONFLICT);
    assert_int_equal(wijk_store_read_partner(cx, store, "GM9901", "linde-wonen", WIJK_EDITION_WORK, &kept),
                     WIJK_OK);
    assert_int_equal(kept->edited.public_version, 1);
    assert_int_equal(kept->edited.sharing, WIJK_SHARING_PUBLIC);

    p = *kept;
    p.name = "Linde Wonen en Zorg";
    p.n_contact = 1;
    p.edited.sharing = WIJK_SHARING_PARTNERS;
    other = p;
    assert_int_equal(wijk_store_save_partner(cx, store, &p), WIJK_OK);
    assert_int_equal(wijk_store_save_partner(cx, store, &other), WIJK_ECONFLICT); /* of the version before */
    assert_int_equal(wijk_store_read_partner(cx, store, "GM9901", "linde-wonen", WIJK_EDITION_PUBLIC, &kept),
                     WIJK_OK);
    assert_string_equal(kept->name, "Linde Wonen"); /* what was made public stays as it was */
    assert_int_equal(kept->n_contact, 2);
    assert_int_equal(kept->edited.changed_at, NOW + 9);
    const struct wijk_partner *list;
    size_t n;
    assert_int_equal(wijk_store_list_partners(cx, store, "GM9901", WIJK_EDITION_WORK, &list, &n), WIJK_OK);
    assert_int_equal(n, 1);
    assert_string_equal(list[0].name, "Linde Wonen en Zorg");
    assert_int_equal(list[0].n_contact, 1);
    assert_int_equal(wijk_store_list_partners(cx, store, NULL, WIJK_EDITION_WORK, &list, &n), WIJK_OK);
    assert_int_equal(n, 2);

    p.edited.removed = true;
    p.edited.public_version = 0;
    assert_int_equal(wijk_store_save_partner(cx, store, &p), WIJK_OK);
    assert_int_equal(wijk_store_read_partner(cx, store, "GM9901", "linde-wonen", WIJK_EDITION_PUBLIC, &kept),
                     WIJK_OK);
    assert_null(kept);
    assert_int_equal(wijk_store_list_partners(cx, store, "GM9901", WIJK_EDITION_WORK, &list, &n), WIJK_OK);
    assert_int_equal(n, 0);
    assert_int_equal(wijk_store_info(cx, store, &after), WIJK_OK);
    assert_string_equal(before.data_version, after.data_version);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void test_offer(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = fresh(cx, "o.gpkg");
    struct wijk_partner p = linde();
    assert_int_equal(wijk_store_save_partner(cx, store, &p), WIJK_OK);
    struct wijk_offer o = {.gemeente = "GM9901",
                           .partner = "linde-wonen",
                           .title = "Energiecoach",
                           .what = "Helpt huurders met de stookkosten.",
                           .reach = {WIJK_OFFER_ENERGY, 18, WIJK_AGE_MAX, 2, AREA},
                           .edited = {.sharing = WIJK_SHARING_ORGANISATION,
                                      .made_at = NOW,
                                      .changed_at = NOW}},
                      stale;
    assert_int_equal(wijk_store_save_offer(cx, store, &o), WIJK_OK);
    assert_int_equal(o.id, 1);
    const struct wijk_offer *kept, *list;
    size_t n;
    assert_int_equal(wijk_store_read_offer(cx, store, "GM9902", 1, WIJK_EDITION_WORK, &kept), WIJK_OK);
    assert_null(kept); /* of another gemeente */
    assert_int_equal(wijk_store_publish_offer(cx, store, 1, 1, NOW + 5), WIJK_OK);
    assert_int_equal(wijk_store_read_offer(cx, store, "GM9901", 1, WIJK_EDITION_WORK, &kept), WIJK_OK);
    stale = o = *kept;
    o.title = "Energiecoach aan huis";
    o.reach.n_area = 1;
    assert_int_equal(wijk_store_save_offer(cx, store, &o), WIJK_OK);
    assert_int_equal(wijk_store_save_offer(cx, store, &stale), WIJK_ECONFLICT);
    assert_int_equal(
        wijk_store_list_offers(cx, store, "GM9901", "linde-wonen", WIJK_EDITION_PUBLIC, &list, &n), WIJK_OK);
    assert_int_equal(n, 1);
    assert_string_equal(list[0].title, "Energiecoach");
    assert_int_equal(list[0].reach.n_area, 2);
    assert_int_equal(wijk_store_publish_offer(cx, store, 1, 2, NOW + 6), WIJK_OK);
    assert_int_equal(wijk_store_list_offers(cx, store, NULL, NULL, WIJK_EDITION_PUBLIC, &list, &n), WIJK_OK);
    assert_string_equal(list[0].title, "Energiecoach aan huis");
    assert_int_equal(list[0].reach.n_area, 1);
    p.edited.removed = true; /* an organisation that is gone offers nothing */
    assert_int_equal(wijk_store_save_partner(cx, store, &p), WIJK_OK);
    assert_int_equal(wijk_store_list_offers(cx, store, NULL, NULL, WIJK_EDITION_PUBLIC, &list, &n), WIJK_OK);
    assert_int_equal(n, 0);
    const char *const *problem;
    assert_int_equal(wijk_store_check(cx, store, &problem, &n), WIJK_OK);
    assert_int_equal(n, 0);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

int main(void)
{
    assert_non_null(mkdtemp(folder));
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_partner), cmocka_unit_test(test_offer)};
    return cmocka_run_group_tests_name("store partner", tests, NULL, NULL);
}
