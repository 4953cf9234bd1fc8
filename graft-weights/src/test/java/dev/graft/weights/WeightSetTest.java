package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.WeightsMismatchException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightSetTest {
    private static final FloatTensor ONE = FloatTensor.of(new float[] {1}, 1);
    private static final FloatTensor TWO = FloatTensor.of(new float[] {1, 2}, 2);

    private static WeightSet set(Object... namesAndTensors) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTensors.length; i += 2) {
            tensors.put((String) namesAndTensors[i], (FloatTensor) namesAndTensors[i + 1]);
        }
        return WeightSet.of(tensors);
    }

    @Test
    void keepsTheOrderItWasGiven() {
        WeightSet weights = set("z", ONE, "a", TWO);
        assertThat(weights.names()).containsExactly("z", "a");
        assertThat(weights.parameters()).isEqualTo(3);
        assertThat(weights.contains("a")).isTrue();
        assertThat(weights.get("a")).isSameAs(TWO);
    }

    @Test
    void isNotChangedThroughTheMapItCameFromOrGives() {
        Map<String, FloatTensor> source = new LinkedHashMap<>(Map.of("a", ONE));
        WeightSet weights = WeightSet.of(source);
        source.clear();
        assertThat(weights.names()).containsExactly("a");
        Map<String, FloatTensor> view = weights.asMap();
        assertThatThrownBy(view::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aMissingNameIsAnsweredWithTheNearest() {
        WeightSet weights = set("layer1.weight", ONE, "layer1.bias", ONE, "fc", ONE, "layer2.weight", ONE);
        assertThatThrownBy(() -> weights.get("layer3.weight"))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("'layer3.weight'")
                .hasMessageContaining("'layer1.weight', 'layer2.weight'");
        WeightSet none = set();
        assertThatThrownBy(() -> none.get("fc")).isInstanceOf(WeightsMismatchException.class);
    }

    @Test
    void prefixesComeAndGo() {
        WeightSet weights = set("a", ONE, "b", TWO);
        WeightSet prefixed = weights.withPrefix("stem.");
        assertThat(prefixed.names()).containsExactly("stem.a", "stem.b");
        assertThat(prefixed.plus(set("head", ONE)).select("stem.")).isEqualTo(weights);
    }

    @Test
    void setsThatShareANameCannotBeJoined() {
        WeightSet left = set("a", ONE, "b", ONE);
        WeightSet right = set("b", TWO);
        assertThatThrownBy(() -> left.plus(right))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("'b'");
        assertThat(left.plus(set("c", TWO)).names()).containsExactly("a", "b", "c");
    }

    @Test
    void theDigestDependsOnNamesShapesAndBitsButNotOnTheOrder() {
        String digest = set("a", ONE, "b", TWO).digest();
        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(set("b", TWO, "a", ONE).digest()).isEqualTo(digest);
        assertThat(set("a", ONE, "c", TWO).digest()).isNotEqualTo(digest);
        assertThat(set("a", ONE, "b", FloatTensor.of(new float[] {1, 2}, 2, 1)).digest())
                .isNotEqualTo(digest);
        assertThat(set("a", ONE, "b", FloatTensor.of(new float[] {1, -2}, 2)).digest())
                .isNotEqualTo(digest);
        assertThat(set("a", FloatTensor.of(new float[] {0f}, 1)).digest())
                .isNotEqualTo(set("a", FloatTensor.of(new float[] {-0f}, 1)).digest());
    }

    @Test
    void theDigestStaysTheSameInEveryRelease() {
        // hashlib.sha256(pack('<i', 1) + b'a' + pack('<iq', 1, 2) + pack('<ff', 1, 2)).hexdigest() in Python.
        assertThat(set("a", TWO).digest())
                .isEqualTo("d95e665509197e3b6acb7416b748d2fad270eb66f303fd36d66ec34bd8dcc257");
    }

    @Test
    void aDigestOfManyValuesCoversTheLast() {
        float[] values = new float[40_000];
        String before = set("a", FloatTensor.of(values, 40_000)).digest();
        values[39_999] = 1;
        assertThat(set("a", FloatTensor.of(values, 40_000)).digest()).isNotEqualTo(before);
    }
}
