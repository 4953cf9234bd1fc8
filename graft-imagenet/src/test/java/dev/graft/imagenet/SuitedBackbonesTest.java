package dev.graft.imagenet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.source.Backbones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice by the size of images, with a large network on the class path. */
class SuitedBackbonesTest {
    private static final String LARGE = "tf_efficientnet_lite0";

    @ParameterizedTest
    @CsvSource({
        "84, 200, cifar-resnet, 32",
        "85, 200, tf_efficientnet_lite0, 128",
        "400, 128, tf_efficientnet_lite0, 128",
        "129, 129, tf_efficientnet_lite0, 160",
        "192, 300, tf_efficientnet_lite0, 192",
        "193, 300, tf_efficientnet_lite0, 224",
        "3000, 2000, tf_efficientnet_lite0, 224",
    })
    void theShorterSideDecidesOnTheNetworkAndItsInput(int height, int width, String id, int input) {
        LabeledImages images = new Plain(height, width, 3, false);

        Backbone usual = Backbones.loadUsual(images);

        assertThat(Backbones.usual(images)).isEqualTo(id);
        assertThat(usual.architecture().id()).isEqualTo(id);
        assertThat(usual.architecture().preprocessing().height()).isEqualTo(input);
        assertThat(usual.architecture().preprocessing().width()).isEqualTo(input);
    }

    @Test
    void smallImagesAreTriedWithTheNetworkOfTheNearestInputFirstAndNoneForLargeOnes() {
        assertThat(Backbones.suited(new Plain(32, 32, 3, false)))
                .extracting(backbone -> backbone.architecture().id())
                .containsExactly("cifar-resnet", "digits-cnn");
        assertThat(Backbones.suited(new Plain(28, 28, 1, false)))
                .extracting(backbone -> backbone.architecture().id())
                .containsExactly("digits-cnn", "cifar-resnet");
    }

    @Test
    void largeImagesAreTriedWithTheLargestNetworkFirst() {
        assertThat(Backbones.suited(new Plain(300, 300, 3, false)))
                .extracting(backbone -> backbone.architecture().id())
                .startsWith(LARGE)
                .contains("digits-cnn", "cifar-resnet");
    }

    @Test
    void imagesThatCannotBeDecodedLeaveTheChoiceToTheOthers() {
        assertThat(Backbones.usual(new Plain(300, 300, 3, true))).isEqualTo(LARGE);
        assertThat(Backbones.usual(new Plain(300, 300, 1, true))).isEqualTo("cifar-resnet");
    }

    /** Black images; every second one, beginning with the first, may be broken. */
    private record Plain(int height, int width, int size, boolean broken) implements LabeledImages {
        @Override
        public Image image(int index) {
            if (broken && index % 2 == 0) {
                throw new DataException(Problem.of("It cannot be decoded."));
            }
            return new Image(height, width, 1, new byte[height * width]);
        }

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public List<String> classNames() {
            return List.of("only");
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public String digest() {
            return "";
        }
    }
}
