package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class Hdf5FileTest {
    @Test
    void attributesAreReadAsTextsWhetherOfFixedOrVariableLength() {
        try (Hdf5File file = Hdf5File.open(Fixtures.folder("hdf5").resolve("attributes.h5"))) {
            assertThat(file.texts("", "layer_names")).hasValue(List.of("conv2d", "dense", "a_much_longer_name"));
            assertThat(file.texts("", "keras_version")).hasValue(List.of("2.15.0"));
            assertThat(file.texts("", "note")).hasValue(List.of("grün"));
            assertThat(file.texts("model_weights", "layer_names")).hasValue(List.of("second", "first"));
            assertThat(file.texts("model_weights", "last")).hasValue(List.of("after", "a", "continuation"));
        }
    }

    @Test
    void whatIsNoTextOrNotThereIsNone() {
        try (Hdf5File file = Hdf5File.open(Fixtures.folder("hdf5").resolve("attributes.h5"))) {
            assertThat(file.texts("model_weights", "numbers")).isEmpty();
            assertThat(file.texts("model_weights", "empty")).isEmpty();
            assertThat(file.texts("model_weights", "absent")).isEmpty();
            assertThat(file.texts("absent", "layer_names")).isEmpty();
        }
    }

    @Test
    void linksInANewerGroupKeepTheirData() {
        try (Hdf5File file = Hdf5File.open(Fixtures.folder("hdf5").resolve("compact.h5"))) {
            assertThat(file.read("ordered/z").values()).containsExactly(9);
            assertThat(file.groups()).containsExactlyInAnyOrder("", "ordered");
        }
    }
}
