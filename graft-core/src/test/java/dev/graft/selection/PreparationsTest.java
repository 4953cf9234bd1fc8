package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.source.Backbones;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparationsTest {
    private static final BackboneCard CARD = Backbones.load("digits-cnn").card();

    @Test
    void smallInputsAreTakenAsTheyAre() {
        assertThat(Preparations.of(Backbones.load("digits-cnn"), Shapes.draw(10, 1), true))
                .isEmpty();
    }

    @Test
    void insteadOfTheMiddleOfAPictureAllOfIt() {
        List<Preparations.Variant> variants =
                Preparations.of(of(Architectures.named("mobilenet_v2")), Shapes.draw(10, 1), true);

        // The shapes are smaller than a larger input.
        assertThat(variants).hasSize(1);
        Preprocessing usual = Architectures.named("mobilenet_v2").preprocessing();
        assertThat(variants.get(0).backbone().architecture().preprocessing())
                .isEqualTo(new Preprocessing(
                        224,
                        224,
                        3,
                        usual.mean(),
                        usual.std(),
                        new ResizeMode.Stretch(usual.fit().interpolation())));
        assertThat(variants.get(0).words()).isEqualTo("whole pictures, stretched to 224 x 224");
    }

    @Test
    void forLargePicturesALargerInput() {
        Architecture small = Architectures.named("mobilenet_v2")
                .withPreprocessing(new Preprocessing(
                        128,
                        128,
                        3,
                        List.of(0.5f, 0.5f, 0.5f),
                        List.of(0.5f, 0.5f, 0.5f),
                        new ResizeMode.Stretch(Interpolation.BILINEAR)));

        assertThat(Preparations.of(of(small), new LargeShapes(170), true))
                .extracting(Preparations.Variant::words)
                .containsExactly("pictures of 165 x 165");
        assertThat(Preparations.of(of(small), new LargeShapes(160), true)).isEmpty();
        assertThat(Preparations.of(of(small), new LargeShapes(170), false)).isEmpty();
    }

    /** Grey pictures. */
    private record LargeShapes(int side) implements LabeledImages {
        @Override
        public String name() {
            return "grey";
        }

        @Override
        public List<String> classNames() {
            return List.of("grey");
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public Image image(int index) {
            // The smallest counts.
            int height = side + index;
            return new Image(height, 2 * side, 1, new byte[height * 2 * side]);
        }

        @Override
        public String digest() {
            return name();
        }
    }

    private static Backbone of(Architecture architecture) {
        return new Backbone(
                architecture, architecture.weightInitialization().initialize(architecture.parameters(), 1), CARD);
    }
}
