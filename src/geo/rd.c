/* SPDX-License-Identifier: EUPL-1.2 */
/* RD New to WGS84 and to web mercator, and back, in closed form (docs/methods/rd.md).
 *
 * RD New is the oblique stereographic projection of EPSG guidance note 7-2 (method 9809) on the Bessel 1841
 * ellipsoid; the shift to WGS84 is the seven-parameter one that PROJ uses when it lacks the national
 * correction grid. */
#include "geo/geo.h"

#include <math.h>

static const double PI = 3.14159265358979323846;
#define DEG (PI / 180)

struct ellipsoid {
    double a, e2;
};
static const struct ellipsoid BESSEL = {6377397.155, 0.006674372230614},
                              WGS84 = {6378137.0, 0.00669437999014133};

static const double FALSE_X = 155000, FALSE_Y = 463000, SCALE = 0.9999079;
static const double LAT0 = 52.15616055555555, LON0 = 5.38763888888889; /* Amersfoort, on Bessel */

/* Bessel to WGS84: metres, then rotations in radians (position vector), then scale. */
static const double TX = 565.4171, TY = 50.3319, TZ = 465.5524, DS = 4.0725e-6;
static const double ARC_SECOND = 4.84813681109535994e-6;
static const double RX = -0.398957388243134, RY = 0.343987817378283, RZ = -1.87740163998045;

/* Constants of the projection that follow from the above; worked out once per call chain, all plain
 * arithmetic. */
struct sphere {
    double radius, n, c, chi0;
};

static double conformal(double n, double c, double e, double lat) {
    double s = sin(lat), w = c * pow((1 + s) / (1 - s) * pow((1 - e * s) / (1 + e * s), e), n);
    return asin((w - 1) / (w + 1));
}

static struct sphere sphere_of(void) {
    double e2 = BESSEL.e2, e = sqrt(e2), lat = LAT0 * DEG, s = sin(lat), cosine = cos(lat);
    double rho = BESSEL.a * (1 - e2) / pow(1 - e2 * s * s, 1.5), nu = BESSEL.a / sqrt(1 - e2 * s * s);
    struct sphere q = {.radius = sqrt(rho * nu), .n = sqrt(1 + e2 * pow(cosine, 4) / (1 - e2))};
    double w1 = pow((1 + s) / (1 - s) * pow((1 - e * s) / (1 + e * s), e), q.n);
    double sin_chi = (w1 - 1) / (w1 + 1);
    q.c = (q.n + s) * (1 - sin_chi) / ((q.n - s) * (1 + sin_chi));
    double w2 = q.c * w1;
    q.chi0 = asin((w2 - 1) / (w2 + 1));
    return q;
}

/* Bessel latitude and longitude (radians) of a point in RD. */
static void unproject(const struct sphere *q, struct wijk_xy p, double *lat, double *lon) {
    double e2 = BESSEL.e2, e = sqrt(e2), r2 = 2 * q->radius * SCALE, x = p.x - FALSE_X, y = p.y - FALSE_Y;
    double g = r2 * tan(PI / 4 - q->chi0 / 2), h = 2 * r2 * tan(q->chi0) + g;
    double i = atan2(x, h + y), j = atan2(x, g - y) - i;
    double chi = q->chi0 + 2 * atan((y - x * tan(j / 2)) / r2);
    *lon = (j + 2 * i) / q->n + LON0 * DEG;
    double psi = 0.5 * log((1 + sin(chi)) / (q->c * (1 - sin(chi)))) / q->n;
    double phi = 2 * atan(exp(psi)) - PI / 2;
    for (int k = 0; k < 8; k++) {
        double s = sin(phi), psi_k = log(tan(phi / 2 + PI / 4) * pow((1 - e * s) / (1 + e * s), e / 2));
        double next = phi - (psi_k - psi) * cos(phi) * (1 - e2 * s * s) / (1 - e2);
        if (fabs(next - phi) < 1e-14) break;
        phi = next;
    }
    *lat = phi;
}

static struct wijk_xy project(const struct sphere *q, double lat, double lon) {
    double chi = conformal(q->n, q->c, sqrt(BESSEL.e2), lat), l = q->n * (lon - LON0 * DEG);
    double b = 1 + sin(chi) * sin(q->chi0) + cos(chi) * cos(q->chi0) * cos(l), r2 = 2 * q->radius * SCALE;
    return (struct wijk_xy){FALSE_X + r2 * cos(chi) * sin(l) / b,
                            FALSE_Y + r2 * (sin(chi) * cos(q->chi0) - cos(chi) * sin(q->chi0) * cos(l)) / b};
}

struct xyz {
    double x, y, z;
};

static struct xyz to_space(struct ellipsoid el, double lat, double lon) {
    double nu = el.a / sqrt(1 - el.e2 * sin(lat) * sin(lat));
    return (struct xyz){nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), nu * (1 - el.e2) * sin(lat)};
}

static void from_space(struct ellipsoid el, struct xyz p, double *lat, double *lon) {
    double r = hypot(p.x, p.y), phi = atan2(p.z, r * (1 - el.e2));
    for (int k = 0; k < 8; k++) {
        double nu = el.a / sqrt(1 - el.e2 * sin(phi) * sin(phi)),
               next = atan2(p.z + el.e2 * nu * sin(phi), r);
        if (fabs(next - phi) < 1e-14) break;
        phi = next;
    }
    *lat = phi;
    *lon = atan2(p.y, p.x);
}

/* side 1: Bessel to WGS84; -1: back, by the transpose, refined so that both ways meet. */
static struct xyz shift(struct xyz p) {
    double rx = RX * ARC_SECOND, ry = RY * ARC_SECOND, rz = RZ * ARC_SECOND, m = 1 + DS;
    return (struct xyz){TX + m * (p.x - rz * p.y + ry * p.z), TY + m * (rz * p.x + p.y - rx * p.z),
                        TZ + m * (-ry * p.x + rx * p.y + p.z)};
}

static struct xyz shift_back(struct xyz p) {
    struct xyz q = {p.x - TX, p.y - TY, p.z - TZ};
    for (int k = 0; k < 4; k++) {
        struct xyz f = shift(q);
        q = (struct xyz){q.x + p.x - f.x, q.y + p.y - f.y, q.z + p.z - f.z};
    }
    return q;
}

struct wijk_xy wijk_wgs84_from_rd(struct wijk_xy rd) {
    struct sphere q = sphere_of();
    double lat, lon;
    unproject(&q, rd, &lat, &lon);
    from_space(WGS84, shift(to_space(BESSEL, lat, lon)), &lat, &lon);
    return (struct wijk_xy){lon / DEG, lat / DEG};
}

struct wijk_xy wijk_rd_from_wgs84(struct wijk_xy lonlat) {
    struct sphere q = sphere_of();
    double lat, lon;
    from_space(BESSEL, shift_back(to_space(WGS84, lonlat.y * DEG, lonlat.x * DEG)), &lat, &lon);
    return project(&q, lat, lon);
}

struct wijk_xy wijk_mercator_from_wgs84(struct wijk_xy p) {
    double s = sin(p.y * DEG);
    return (struct wijk_xy){p.x / 360 + 0.5, 0.5 - log((1 + s) / (1 - s)) / (4 * PI)};
}

struct wijk_xy wijk_wgs84_from_mercator(struct wijk_xy m) {
    return (struct wijk_xy){(m.x - 0.5) * 360, (2 * atan(exp((0.5 - m.y) * 2 * PI)) - PI / 2) / DEG};
}

struct wijk_xy wijk_mercator_from_rd(struct wijk_xy rd) {
    return wijk_mercator_from_wgs84(wijk_wgs84_from_rd(rd));
}

bool wijk_rd_plausible(struct wijk_xy p) {
    return p.x > -30000 && p.x < 310000 && p.y > 290000 && p.y < 650000;
}
bool wijk_wgs84_plausible(struct wijk_xy p) {
    return p.x > 2.5 && p.x < 7.7 && p.y > 50.5 && p.y < 53.95;
}
