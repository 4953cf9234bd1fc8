package dev.graft.benchmark;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run measured.
 *
 * @param hardware the machine, the engine's rate and the versions
 * @param rows the works
 */
record BenchmarkResult(Map<String, Object> hardware, List<Row> rows) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    String toJson() {
        return MAPPER.writeValueAsString(this) + "\n";
    }

    static BenchmarkResult fromJson(String json) {
        return MAPPER.readValue(json, BenchmarkResult.class);
    }
}
