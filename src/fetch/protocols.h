/* SPDX-License-Identifier: EUPL-1.2 */
/* The protocols: name in a definition, what runs it. One line each; included with X defined. */
X("odata3", wijk__odata3_run)
X("odata4", wijk__odata4_run)
X("ogcapi", wijk__ogcapi_run)
X("wfs", wijk__wfs_run)
X("zip", wijk__zip_run)
X("file", wijk__file_run)
