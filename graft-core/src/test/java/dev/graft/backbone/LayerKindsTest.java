package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.LayerSamples.Sample;
import dev.graft.layer.Layer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers are a closed set that many places take apart by kind. A kind without a sample fails here; the samples are run through
 * those places by the tests that use {@link LayerSamples}.
 */
class LayerKindsTest {
    @Test
    void everyKindHasASample() {
        assertThat(LayerSamples.all()
                        .map(sample -> LayerSamples.kind(sample.layer()))
                        .collect(Collectors.toSet()))
                .isEqualTo(LayerSamples.kinds());
    }

    @ParameterizedTest
    @MethodSource("dev.graft.backbone.LayerSamples#all")
    void everyKindTellsAndMapsTheChainsInsideIt(Sample sample) throws ReflectiveOperationException {
        Layer layer = sample.layer();

        assertThat(layer.chains()).isEqualTo(listsOfLayers(layer));
        assertThat(layer.mapChains(chain -> chain)).isEqualTo(layer);
        assertThat(layer.mapChains(chain -> List.of()).chains()).allMatch(List::isEmpty);
        assertThat(layer.parameters())
                .containsAll(layer.chains().stream()
                        .flatMap(List::stream)
                        .flatMap(inner -> inner.parameters().stream())
                        .toList());
    }

    private static List<Object> listsOfLayers(Layer layer) throws ReflectiveOperationException {
        List<Object> lists = new ArrayList<>();
        RecordComponent[] components = layer.getClass().getRecordComponents();
        for (RecordComponent component : components == null ? new RecordComponent[0] : components) {
            if (component.getGenericType() instanceof ParameterizedType type
                    && type.getActualTypeArguments()[0] == Layer.class) {
                lists.add(component.getAccessor().invoke(layer));
            }
        }
        return lists;
    }
}
