/* SPDX-License-Identifier: EUPL-1.2 */
/* The file formats: id in a source definition, reader, name for people. One line each; included with X defined. */
X("csv", wijk__csv_open, "CSV")
X("odata-json", wijk__odata_open, "CBS OData (JSON)")
X("geojson", wijk__geojson_open, "GeoJSON")
X("topojson", wijk__topojson_open, "TopoJSON")
