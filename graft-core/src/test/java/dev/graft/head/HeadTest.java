package dev.graft.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.backbone.Architectures;
import dev.graft.error.SettingsException;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {
    @Test
    void theWorkedExamplesHeadHasOneHiddenLayer() {
        Head head = Head.Mlp.defaults();

        assertThat(head.name()).isEqualTo("mlp");
        assertThat(head.layers(64, 2))
                .containsExactly(
                        new Linear("head.hidden", 64, 32),
                        new Relu(),
                        new Dropout(0.3f),
                        new Linear("head.logits", 32, 1));
        assertThat(parameters(head, 64, 2)).isEqualTo(64 * 32 + 32 + 32 + 1);
        assertThat(parameters(head, 64, 5)).isEqualTo(64 * 32 + 32 + 32 * 5 + 5);
    }

    @Test
    void aLinearHeadDropsItsDropoutAtRateZero() {
        assertThat(new Head.Classifier(0.5f).name()).isEqualTo("linear");
        assertThat(new Head.Classifier(0.5f).layers(10, 3))
                .containsExactly(new Dropout(0.5f), new Linear("head.logits", 10, 3));
        assertThat(new Head.Classifier(0f).layers(10, 3)).containsExactly(new Linear("head.logits", 10, 3));
        assertThat(parameters(new Head.Classifier(0f), 10, 3)).isEqualTo(33);
    }

    @Test
    void aLogisticRegressionIsOneDenseLayer() {
        Head head = Head.LogisticRegression.defaults();

        assertThat(head.name()).isEqualTo("logistic-regression");
        assertThat(head.layers(288, 2)).containsExactly(new Linear("head.logits", 288, 1));
        assertThat(parameters(head, 288, 4)).isEqualTo(288 * 4 + 4);
    }

    @Test
    void tensorsOfNewHeadsHaveTheHeadsPrefix() {
        for (Head head : List.of(Head.Mlp.defaults(), new Head.Classifier(0.1f), Head.LogisticRegression.defaults())) {
            assertThat(head.layers(8, 3).stream().flatMap(layer -> layer.parameters().stream()))
                    .isNotEmpty()
                    .allMatch(spec -> spec.name().startsWith(Head.PREFIX));
        }
    }

    @Test
    void twoClassesTakeOneLogitAndMoreTakeOneEach() {
        assertThat(Head.logits(2)).isEqualTo(1);
        assertThat(Head.logits(3)).isEqualTo(3);
        assertThat(Head.logits(1000)).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1})
    void fewerThanTwoClassesAreRefused(int classes) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Head.logits(classes))
                .withMessageContaining("at least two classes");
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.01f, 1f, 1.5f, Float.NaN, Float.NEGATIVE_INFINITY})
    void dropoutOutsideItsRangeIsRefused(float rate) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new Head.Mlp(8, rate))
                .withMessageContaining("at least 0 and below 1");
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> new Head.Classifier(rate));
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, 0.999f})
    void dropoutInsideItsRangeIsAccepted(float rate) {
        assertThatCode(() -> new Head.Mlp(1, rate)).doesNotThrowAnyException();
        assertThatCode(() -> new Head.Classifier(rate)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aPenaltyThatIsNotPositiveIsRefused(double penalty) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new Head.LogisticRegression(penalty, false))
                .withMessageContaining("positive");
    }

    @Test
    void aHiddenLayerWithoutUnitsIsRefused() {
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> new Head.Mlp(0, 0.3f));
    }

    @Test
    void theArchitecturesOwnClassifierKeepsItsNamesAndALogitForEachClass() {
        List<Layer> own =
                Architectures.named("digits-cnn").withClasses(2).classifier().layers();
        Head head = new Head.Own(own);

        assertThat(head.name()).isEqualTo("own");
        assertThat(head.layers(64, 2)).isEqualTo(own);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> head.layers(64, 3))
                .withMessageContaining("another number of classes");
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> head.layers(65, 2));
    }

    @Test
    void theOwnClassifierCopiesItsLayers() {
        List<Layer> layers = new ArrayList<>(List.of(new Linear("logits", 4, 2)));
        Head.Own head = new Head.Own(layers);
        layers.clear();

        assertThat(head.own()).hasSize(1);
    }

    private static long parameters(Head head, int features, int classes) {
        return head.layers(features, classes).stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(ParameterSpec::elements)
                .sum();
    }
}
