package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds answers to the schemas of the document that describes them. */
final class Contract {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    Contract(JsonNode document) {
        this.document = document;
    }

    void requireValid(String schema, JsonNode answer) {
        ObjectNode root = JSON.createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", document.get("components"));

        assertThat(registry.getSchema(root.toString(), InputFormat.JSON).validate(answer.toString(), InputFormat.JSON))
                .as("%s by the schema %s", answer, schema)
                .isEmpty();
    }
}
