/* SPDX-License-Identifier: EUPL-1.2 */
/* RD New, WGS84 and web mercator, in closed forms.
 *
 * RD is an oblique double stereographic projection (EPSG method 9809): the Bessel 1841 ellipsoid onto a
 * sphere, the sphere onto a plane. Amersfoort to WGS84 is a seven-parameter shift (EPSG:4833) between
 * earth-centred axes. Formulas and sources: docs/methods/rd.md. The constants below follow from the defining
 * ones; the tests work them out again. */
#include "geo/geo.h"

#include <math.h>

#define PI     3.14159265358979323846
#define DEGREE (PI / 180)

/* Defining: EPSG:28992 and EPSG:7004. */
static const double BESSEL_A = 6377397.155, BESSEL_E2 = 0.006674372231802145, BESSEL_E = 0.08169683122252751;
static const double FALSE_EAST = 155000, FALSE_NORTH = 463000;
static const double LON_0 = 0.09403203751960007; /* 5 23 15.500 E */
/* Derived from latitude of origin 52 09 22.178 N and scale 0.9999079. */
static const double SPHERE_N = 1.0004758566842447, SPHERE_C = 1.0075764649228895;
static const double CHI_0 = 0.9096847567446857, SIN_CHI_0 = 0.7893102212553775,
                    COS_CHI_0 = 0.6139946047171645;
static const double TWO_R_K = 12764113.458940746; /* 2 R k0 */
static const double G = 4379954.188317812, H = 37197327.96001804;
static const double WGS_A = 6378137, WGS_E2 = 0.0066943799901413165;

/* Amersfoort to WGS84, position vector: metres, and rotations with the scale of 4.0725 ppm in them. */
static const double SHIFT[3] = {565.4171, 50.3319, 465.5524};
static const double TURN[3][3] = {{1.0000040725, 9.101937067487768e-06, 1.6677067917082516e-06},
                                  {-9.101937067487768e-06, 1.0000040725, 1.9342078770295006e-06},
                                  {-1.6677067917082516e-06, -1.9342078770295006e-06, 1.0000040725}};
/* The exact inverse, so that there and back is the same point. */
static const double TURN_BACK[3][3] = {{0.9999959274309599, -9.101866157502025e-06, -1.6676756033470917e-06},
                                       {9.101859706197617e-06, 0.99999592743, -1.9342073020065387e-06},
                                       {1.6677108129936573e-06, 1.934176943652916e-06, 0.9999959275100629}};

struct geodetic {
    double lat, lon, height; /* radians, metres */
};
struct earth {
    double v[3]; /* metres from the centre */
};

static struct earth earth_from_geodetic(struct geodetic p, double a, double e2)
{
    const double s = sin(p.lat), c = cos(p.lat), nu = a / sqrt(1 - e2 * s * s);
    return (struct earth){
        {(nu + p.height) * c * cos(p.lon), (nu + p.height) * c * sin(p.lon), (nu * (1 - e2) + p.height) * s}};
}

/* Bowring 1976: near the surface one step is exact to far below a millimetre. */
static struct geodetic geodetic_from_earth(struct earth e, double a, double e2)
{
    const double b = a * sqrt(1 - e2), p = hypot(e.v[0], e.v[1]);
    const double t = e.v[2] * a / (p * b), c = 1 / sqrt(1 + t * t), s = t * c;
    const double lat = atan2(e.v[2] + e2 / (1 - e2) * b * s * s * s, p - e2 * a * c * c * c);
    const double sl = sin(lat), cl = cos(lat);
    return (struct geodetic){lat, atan2(e.v[1], e.v[0]), p * cl + e.v[2] * sl - a * sqrt(1 - e2 * sl * sl)};
}

static struct earth turn(const double m[3][3], struct earth e)
{
    struct earth r;
    for (int i = 0; i < 3; i++) r.v[i] = m[i][0] * e.v[0] + m[i][1] * e.v[1] + m[i][2] * e.v[2];
    return r;
}

static struct xy_bessel {
    double lat, lon;
} bessel_from_rd(struct wijk_xy rd)
{
    const double east = rd.x - FALSE_EAST, north = rd.y - FALSE_NORTH;
    const double i = atan(east / (H + north)), j = atan(east / (G - north)) - i;
    const double chi = CHI_0 + 2 * atan((north - east * tan(j / 2)) / TWO_R_K);
    const double s = sin(chi), psi = 0.5 * log((1 + s) / (SPHERE_C * (1 - s))) / SPHERE_N;
    double lat = 2 * atan(exp(psi)) - PI / 2;
    for (int step = 0; step < 3; step++) { /* Newton on the isometric latitude: 3 steps reach 1e-15 */
        const double es = BESSEL_E * sin(lat);
        const double at = atanh(sin(lat)) - BESSEL_E * atanh(es);
        lat -= (at - psi) * cos(lat) * (1 - es * es) / (1 - BESSEL_E2);
    }
    return (struct xy_bessel){lat, (j + 2 * i) / SPHERE_N + LON_0};
}

static struct wijk_xy rd_from_bessel(double lat, double lon)
{
    const double s = sin(lat);
    const double w = SPHERE_C * exp(2 * SPHERE_N * (atanh(s) - BESSEL_E * atanh(BESSEL_E * s)));
    const double sin_chi = (w - 1) / (w + 1), cos_chi = 2 * sqrt(w) / (w + 1);
    const double d = SPHERE_N * (lon - LON_0), cd = cos(d);
    const double b = 1 + sin_chi * SIN_CHI_0 + cos_chi * COS_CHI_0 * cd;
    return (struct wijk_xy){FALSE_EAST + TWO_R_K * cos_chi * sin(d) / b,
                            FALSE_NORTH + TWO_R_K * (sin_chi * COS_CHI_0 - cos_chi * SIN_CHI_0 * cd) / b};
}

struct wijk_xy wijk_wgs84_from_rd(struct wijk_xy rd)
{
    const struct xy_bessel p = bessel_from_rd(rd);
    struct earth e = turn(TURN, earth_from_geodetic((struct geodetic){p.lat, p.lon, 0}, BESSEL_A, BESSEL_E2));
    for (int i = 0; i < 3; i++) e.v[i] += SHIFT[i];
    const struct geodetic q = geodetic_from_earth(e, WGS_A, WGS_E2);
    return (struct wijk_xy){q.lon / DEGREE, q.lat / DEGREE};
}

/* The way there starts at height 0 on Bessel and ends some 43 m above WGS84. The way back has to start at
 * that height to meet the same point, so it is done twice: the first pass finds the height. */
struct wijk_xy wijk_rd_from_wgs84(struct wijk_xy lonlat)
{
    struct geodetic p = {lonlat.y * DEGREE, lonlat.x * DEGREE, 0}, q = {0};
    for (int pass = 0; pass < 2; pass++) {
        struct earth e = earth_from_geodetic(p, WGS_A, WGS_E2);
        for (int i = 0; i < 3; i++) e.v[i] -= SHIFT[i];
        q = geodetic_from_earth(turn(TURN_BACK, e), BESSEL_A, BESSEL_E2);
        p.height -= q.height;
    }
    return rd_from_bessel(q.lat, q.lon);
}

/* ---- web mercator, the world as the unit square with its origin in the north-west ------------- */

struct wijk_xy wijk_mercator_from_wgs84(struct wijk_xy lonlat)
{
    return (struct wijk_xy){lonlat.x / 360 + 0.5, 0.5 - atanh(sin(lonlat.y * DEGREE)) / (2 * PI)};
}

struct wijk_xy wijk_wgs84_from_mercator(struct wijk_xy m)
{
    return (struct wijk_xy){(m.x - 0.5) * 360, atan(sinh((0.5 - m.y) * 2 * PI)) / DEGREE};
}

struct wijk_xy wijk_mercator_from_rd(struct wijk_xy rd)
{
    return wijk_mercator_from_wgs84(wijk_wgs84_from_rd(rd));
}

/* ---- plausible ---------------------------------------------------------------------------------- */

/* The land with its 12-mile zone and some room; NAN fails every comparison. */
bool wijk_rd_plausible(struct wijk_xy rd)
{
    return rd.x >= -20000 && rd.x <= 300000 && rd.y >= 289000 && rd.y <= 650000;
}

bool wijk_wgs84_plausible(struct wijk_xy lonlat)
{
    return lonlat.x >= 2.8 && lonlat.x <= 7.7 && lonlat.y >= 50.5 && lonlat.y <= 53.9;
}
