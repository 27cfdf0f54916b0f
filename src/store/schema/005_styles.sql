-- SPDX-License-Identifier: EUPL-1.2
-- QGIS colours {level} by class: the level scale, sand to ink, spread over the nine classes; grey where there is none.
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
                          useAsDefault, description, owner, ui, update_time)
VALUES ('', '', '{level}', 'geom', 'leefbaarheid', '<!DOCTYPE qgis PUBLIC ''http://mrcc.com/qgis.dtd'' ''SYSTEM''>
<qgis version="3.22" styleCategories="Symbology">
<renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0" forceraster="0">
<categories>
<category value="1" symbol="0" label="klasse 1" type="long" render="true"/>
<category value="2" symbol="1" label="klasse 2" type="long" render="true"/>
<category value="3" symbol="2" label="klasse 3" type="long" render="true"/>
<category value="4" symbol="3" label="klasse 4" type="long" render="true"/>
<category value="5" symbol="4" label="klasse 5" type="long" render="true"/>
<category value="6" symbol="5" label="klasse 6" type="long" render="true"/>
<category value="7" symbol="6" label="klasse 7" type="long" render="true"/>
<category value="8" symbol="7" label="klasse 8" type="long" render="true"/>
<category value="9" symbol="8" label="klasse 9" type="long" render="true"/>
<category value="" symbol="9" label="geen gegevens" type="string" render="true"/>
</categories>
<symbols>
<symbol type="fill" name="0" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="239,230,207,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="1" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="222,211,181,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="2" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="198,192,168,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="3" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="168,170,162,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="4" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="134,148,157,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="5" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="100,125,150,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="6" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="68,101,135,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="7" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="40,76,115,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="8" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="21,50,90,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
<symbol type="fill" name="9" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="211,211,208,255"/><prop k="outline_color" v="255,255,255,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="style" v="solid"/></layer></symbol>
</symbols>
</renderer-v2>
</qgis>
', NULL, 1, 'Leefbaarheid in klassen', '', NULL, '1970-01-01T00:00:00.000Z');
