package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HalfPrecisionTest {
    @Test
    void aNumberBecomesTheNearestIn16BitsAsInNumPy() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(HalfPrecisionTest.class.getResourceAsStream("/reference/half_precision.json"))) {
            JsonNode reference = JsonMapper.shared().readTree(file);
            JsonNode floats = reference.get("float32");
            JsonNode halves = reference.get("float16");
            assertThat(floats.size()).isGreaterThan(1500);
            for (int i = 0; i < floats.size(); i++) {
                float value = Float.intBitsToFloat((int) floats.get(i).asLong());
                assertThat(HalfPrecision.of(value) & 0xffff)
                        .as("%s", value)
                        .isEqualTo(halves.get(i).asInt());
            }
        }
    }

    @Test
    void everyNumberOf16BitsComesBackAsItWas() {
        for (int half = 0; half < 1 << 16; half++) {
            float value = HalfPrecision.value((short) half);
            if (Float.isNaN(value)) {
                assertThat(HalfPrecision.value(HalfPrecision.of(value))).isNaN();
            } else {
                assertThat(HalfPrecision.of(value) & 0xffff).as("%s", value).isEqualTo(half);
            }
        }
    }

    @Test
    void whatIsTooLargeBecomesTheLargest() {
        assertThat(HalfPrecision.value(HalfPrecision.of(65_520f))).isEqualTo(65_504f);
        assertThat(HalfPrecision.value(HalfPrecision.of(-1e9f))).isEqualTo(-65_504f);
        assertThat(HalfPrecision.value(HalfPrecision.of(Float.MAX_VALUE))).isEqualTo(65_504f);
        assertThat(HalfPrecision.value(HalfPrecision.of(Float.POSITIVE_INFINITY)))
                .isEqualTo(Float.POSITIVE_INFINITY);
    }
}
