/* SPDX-License-Identifier: EUPL-1.2 */
/* GDAL on one side, frames on the other. The file is handed to GDAL as memory, so that it needs no path and
 * nothing that happens to the file on disk is seen halfway. */
#include "read/layer.h"

#include "read/gpkg.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>
#include <strings.h>

struct format {
    const char *id, *driver, *ending, *memory;
    bool zipped; /* the file itself is a zip of many parts */
};

static const struct format FORMATS[] = {
    {"shapefile", "ESRI Shapefile", ".shp", "/vsimem/in.zip", true},
    {"gml", "GML", ".gml", "/vsimem/in.gml", false},
    {"gpkg", "GPKG", ".gpkg", "/vsimem/in.gpkg", false},
    {"xlsx", "XLSX", ".xlsx", "/vsimem/in.xlsx", true},
    {"ods", "ODS", ".ods", "/vsimem/in.ods", true},
};

static const struct format *format_find(const char *id)
{
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
        if (strcmp(FORMATS[i].id, id) == 0) return &FORMATS[i];
    return NULL;
}

/* Lets PROJ open its own database, which it keeps: it needs the views that foreign files may not have. */
static void know_crs(void)
{
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(srs, 28992);
    OSRDestroySpatialReference(srs);
}

enum wijk_err wijk__layer_prepare(struct wijk_cx *cx, const char *format, unsigned seconds)
{
    static const char *const SETTINGS[][2] = {
        {"GDAL_DRIVER_PATH", "disable"},
        {"GDAL_NUM_THREADS", "1"},
        {"CPL_VSIL_USE_TEMP_FILE_FOR_RANDOM_WRITE", "NO"},
        {"GDAL_HTTP_MAX_RETRY", "0"},
        {"CPL_CURL_ENABLED", "NO"},
        {"GML_SKIP_RESOLVE_ELEMS", "ALL"},
        {"GML_DOWNLOAD_SCHEMA", "NO"},
        {"SHAPE_RESTORE_SHX", "NO"},
        {"OGR_SQLITE_LOAD_EXTENSIONS", "NO"},
        {"SQLITE_LIST_ALL_TABLES", "NO"},
        {"OGR_GPKG_NUM_THREADS", "1"},
        {"PROJ_NETWORK", "OFF"},
        {"OGR_XLSX_HEADERS", "AUTO"},
        {"OGR_XLSX_FIELD_TYPES", "AUTO"},
        {"GDAL_PAM_ENABLED", "NO"},
        {"OGR_ORGANIZE_POLYGONS", "ONLY_CCW"},
    };
    if (!format_find(format)) return wijk_fail(cx, WIJK_EUSAGE, "onbekend bestandsformaat %s", format);
    for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++)
        CPLSetConfigOption(SETTINGS[i][0], SETTINGS[i][1]);
    CPLSetErrorHandler(CPLQuietErrorHandler);
    GDALAllRegister();
    know_crs();
    return wijk__gpkg_harden(cx, seconds);
}

/* ---- opening --------------------------------------------------------------------------------- */

static const char *inside(const char *const *names, size_t n, const char *ending, size_t *found)
{
    const char *first = NULL;
    size_t length = strlen(ending);
    *found = 0;
    for (size_t i = 0; i < n; i++) {
        size_t size = strlen(names[i]);
        if (size < length || strcasecmp(names[i] + size - length, ending) != 0) continue;
        if (!first) first = names[i];
        (*found)++;
    }
    return first;
}

/* A name in the zip that a `layer` of the definition points at: `buurt2017` finds `map/buurt2017.shp`. */
static const char *inside_named(const char *const *names, size_t n, const char *layer, const char *ending)
{
    for (size_t i = 0; i < n; i++) {
        const char *slash = strrchr(names[i], '/');
        const char *base = slash ? slash + 1 : names[i];
        size_t length = strlen(layer);
        if (strncasecmp(base, layer, length) == 0 && strcasecmp(base + length, ending) == 0) return names[i];
    }
    return NULL;
}

/* Where GDAL finds the data: the memory itself, or one file in the zip that stands there. A format that is
 * one file by itself is taken out of its zip: a database cannot be read by leaps in packed bytes. */
static enum wijk_err target_find(struct wijk_cx *cx, const struct wijk__layer_in *in,
                                 const struct format *format, struct wijk_str *bytes, const char **target)
{
    const char *const *names;
    size_t n, found;
    bool zip = in->bytes.n >= 2 && memcmp(in->bytes.p, "PK", 2) == 0;
    bool sheet = strcmp(format->id, "xlsx") == 0 || strcmp(format->id, "ods") == 0;
    size_t max = sheet ? WIJK_ARCHIVE_SHEET : WIJK_ARCHIVE_UNPACKED;
    *bytes = in->bytes;
    *target = format->memory;
    if (!zip && !format->zipped) return WIJK_OK;
    WIJK_TRY(wijk_archive_list(cx, in->bytes, in->label, max, &names, &n));
    if (sheet) return WIJK_OK;
    const char *name = inside(names, n, format->ending, &found);
    if (!name)
        return wijk_fail(cx, WIJK_EPARSE, "%s: in het zipbestand zit geen %s-bestand", in->label,
                         format->ending);
    if (found > 1) {
        name = in->layer ? inside_named(names, n, in->layer, format->ending) : NULL;
        if (!name)
            return wijk_fail(cx, WIJK_EPARSE,
                             "%s: in het zipbestand zitten %zu %s-bestanden; er mag er maar een in zitten",
                             in->label, found, format->ending);
    }
    if (!format->zipped) return wijk_archive_unpack(cx, in->bytes, in->label, max, name, bytes);
    *target = wijk_sprintf(cx, "/vsizip/{%s}/%s", format->memory, name);
    return WIJK_OK;
}

static GDALDatasetH dataset_open(const struct format *format, const char *target)
{
    const char *const drivers[] = {format->driver, NULL};
    const char *const immutable[] = {"IMMUTABLE=YES", "LIST_ALL_TABLES=NO", NULL};
    bool gpkg = strcmp(format->id, "gpkg") == 0;
    return GDALOpenEx(target, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, gpkg ? immutable : NULL, NULL);
}

static enum wijk_err layer_find(struct wijk_cx *cx, const struct wijk__layer_in *in, GDALDatasetH data,
                                OGRLayerH *out)
{
    int n = GDALDatasetGetLayerCount(data);
    bool named = in->layer && in->layer[0];
    for (int i = 0; i < n && named; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        if (strcasecmp(OGR_L_GetName(layer), in->layer) == 0) {
            *out = layer;
            return WIJK_OK;
        }
    }
    if (n == 1) {
        *out = GDALDatasetGetLayer(data, 0);
        return WIJK_OK;
    }
    if (n == 0) return wijk_fail(cx, WIJK_EPARSE, "%s: er zit geen tabel of kaartlaag in", in->label);
    struct wijk_buf names = wijk_buf(cx, 2000);
    for (int i = 0; i < n; i++)
        wijk_buf_printf(&names, "%s%s", i ? ", " : "", OGR_L_GetName(GDALDatasetGetLayer(data, i)));
    return wijk_fail(cx, WIJK_ENOTFOUND, "%s: de laag %s zit er niet in. Wel: %s", in->label,
                     named ? in->layer : "?", wijk_buf_cstr(&names));
}

/* ---- sending --------------------------------------------------------------------------------- */

static struct wijk_str utf8(struct wijk_cx *cx, const char *text)
{
    struct wijk_str s = wijk_str(text);
    return wijk_utf8_valid(s, NULL) ? s : wijk_utf8_from_cp1252(cx, s);
}

/* The EPSG code: as the file says, or by the name of the two systems we know. */
static int layer_crs(OGRLayerH layer)
{
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(layer);
    if (!srs) return 0;
    const char *code = OSRGetAuthorityCode(srs, NULL);
    int64_t epsg;
    if (code && wijk_int_parse(wijk_str(code), 1, 999999, &epsg)) return (int)epsg;
    const char *name = OSRGetName(srs);
    if (!name) return 0;
    if (OSRIsGeographic(srs) && (strstr(name, "WGS") || strstr(name, "ETRS89"))) return 4326;
    return strstr(name, "RD_New") || strstr(name, "RD New") ? 28992 : 0;
}

static enum wijk_err flush(struct wijk_cx *cx, const struct wijk__layer_in *in, struct wijk_buf *b)
{
    if (b->full)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: een rij is groter dan %d MB", in->label,
                         WIJK__WIRE_FRAME_MAX >> 20);
    if (!in->out.write(in->out.self, b->p, b->n))
        return wijk_fail(cx, WIJK_EIO, "%s: doorgeven lukt niet", in->label);
    return WIJK_OK;
}

static enum wijk_err send_head(struct wijk_cx *cx, const struct wijk__layer_in *in, OGRLayerH layer, size_t n)
{
    OGRFeatureDefnH def = OGR_L_GetLayerDefn(layer);
    struct wijk_str *column = WIJK_NEW(cx, struct wijk_str, n);
    for (size_t i = 0; i < n; i++) column[i] = utf8(cx, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(def, (int)i)));
    GIntBig total = OGR_L_GetFeatureCount(layer, 0);
    struct wijk__wire_head head = {utf8(cx, OGR_L_GetName(layer)), layer_crs(layer),
                                   total > 0 ? (uint64_t)total : 0, n, column};
    struct wijk_buf b = wijk_buf(cx, WIJK__WIRE_FRAME_MAX);
    wijk__wire_put_head(&b, &head);
    return flush(cx, in, &b);
}

static struct wijk__wire_value value_read(struct wijk_cx *cx, OGRFeatureH feature, int i)
{
    if (!OGR_F_IsFieldSet(feature, i)) return (struct wijk__wire_value){.kind = WIJK__WIRE_ABSENT};
    if (OGR_F_IsFieldNull(feature, i)) return (struct wijk__wire_value){.kind = WIJK__WIRE_NULL};
    OGRFieldType type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, i));
    if (type == OFTInteger || type == OFTInteger64 || type == OFTReal) {
        double number = OGR_F_GetFieldAsDouble(feature, i);
        if (isfinite(number)) return (struct wijk__wire_value){.kind = WIJK__WIRE_NUMBER, .number = number};
    }
    return (struct wijk__wire_value){.kind = WIJK__WIRE_TEXT,
                                     .text = utf8(cx, OGR_F_GetFieldAsString(feature, i))};
}

/* Flat ISO WKB, little endian. A geometry with curves is drawn out by GDAL first. */
static struct wijk_str geometry_read(struct wijk_cx *cx, OGRFeatureH feature)
{
    OGRGeometryH geom = OGR_F_GetGeometryRef(feature);
    if (!geom) return (struct wijk_str){"", 0};
    if (OGR_G_HasCurveGeometry(geom, 0)) {
        OGRGeometryH flat = OGR_G_GetLinearGeometry(geom, 0, NULL);
        if (flat) OGR_F_SetGeometryDirectly(feature, flat);
        geom = OGR_F_GetGeometryRef(feature);
    }
    OGR_G_FlattenTo2D(geom);
    int size = OGR_G_WkbSize(geom);
    if (size <= 0 || size > WIJK__WIRE_FRAME_MAX) return (struct wijk_str){"", 0};
    unsigned char *room = WIJK_NEW(cx, unsigned char, size);
    if (OGR_G_ExportToIsoWkb(geom, wkbNDR, room) != OGRERR_NONE) return (struct wijk_str){"", 0};
    return (struct wijk_str){(const char *)room, (size_t)size};
}

static enum wijk_err send_rows(struct wijk_cx *cx, const struct wijk__layer_in *in, OGRLayerH layer, size_t n)
{
    uint64_t rows = 0;
    CPLErrorReset();
    for (OGRFeatureH feature; (feature = OGR_L_GetNextFeature(layer)) != NULL; rows++) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        struct wijk__wire_value *value = WIJK_NEW(cx, struct wijk__wire_value, n);
        for (size_t i = 0; i < n; i++) value[i] = value_read(cx, feature, (int)i);
        struct wijk__wire_row row = {n, value, geometry_read(cx, feature)};
        struct wijk_buf b = wijk_buf(cx, WIJK__WIRE_FRAME_MAX);
        wijk__wire_put_row(&b, &row);
        enum wijk_err err = flush(cx, in, &b);
        OGR_F_Destroy(feature);
        wijk_cx_rewind(cx, mark);
        WIJK_TRY(err);
        if (rows >= WIJK_LIMIT_ROWS)
            return wijk_fail(cx, WIJK_ELIMIT, "%s: meer dan %d rijen", in->label, WIJK_LIMIT_ROWS);
    }
    if (CPLGetLastErrorType() >= CE_Failure)
        return wijk_fail(cx, WIJK_EPARSE, "%s: na rij %llu is het bestand niet verder te lezen (%s)",
                         in->label, (unsigned long long)rows, CPLGetLastErrorMsg());
    struct wijk_buf b = wijk_buf(cx, 64);
    wijk__wire_put_end(&b, rows);
    return flush(cx, in, &b);
}

enum wijk_err wijk__layer_send(struct wijk_cx *cx, const struct wijk__layer_in *in)
{
    const struct format *format = format_find(in->format);
    const char *target;
    struct wijk_str bytes;
    OGRLayerH layer = NULL;
    WIJK_TRY(target_find(cx, in, format, &bytes, &target));
    if (strcmp(format->id, "gpkg") == 0) WIJK_TRY(wijk__gpkg_check(cx, bytes, in->label, in->layer));
    /* GDAL takes the memory as writable; it is our own private copy of the pages. */
    VSILFILE *file = VSIFileFromMemBuffer(format->memory, (GByte *)(uintptr_t)bytes.p, bytes.n, 0);
    if (!file) return wijk_fail(cx, WIJK_EPARSE, "%s: het bestand is niet te openen", in->label);
    VSIFCloseL(file);
    GDALDatasetH data = dataset_open(format, target);
    if (!data)
        return wijk_fail(cx, WIJK_EPARSE, "%s: dit is geen leesbaar %s-bestand, of het is beschadigd",
                         in->label, format->driver);
    WIJK_TRY(layer_find(cx, in, data, &layer));
    int n = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer));
    if (n > WIJK_LIMIT_COLUMNS)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: %d kolommen; er mogen er %d zijn", in->label, n,
                         WIJK_LIMIT_COLUMNS);
    WIJK_TRY(send_head(cx, in, layer, (size_t)n));
    return send_rows(cx, in, layer, (size_t)n);
}
