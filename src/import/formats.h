/* SPDX-License-Identifier: EUPL-1.2 */
/* The file formats: id in a source definition, reader, name for people. One line each; included with X
 * defined. */
X("csv", wijk__csv_open, "CSV")
X("json", wijk__json_open, "JSON")
X("odata-json", wijk__odata_open, "CBS OData (JSON)")
X("geojson", wijk__geojson_open, "GeoJSON")
X("topojson", wijk__topojson_open, "TopoJSON")
X("shapefile", wijk__reader_open, "Shapefile in een zip")
X("gpkg", wijk__reader_open, "GeoPackage")
X("xlsx", wijk__reader_open, "Excel (XLSX)")
X("ods", wijk__reader_open, "OpenDocument (ODS)")
X("gml", wijk__reader_open, "GML")
