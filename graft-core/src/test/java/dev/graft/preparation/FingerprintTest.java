package dev.graft.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Preparations that make other numbers have other fingerprints: features that were computed before are found by them. */
class FingerprintTest {
    private static final ResizeMode STRETCH = new ResizeMode.Stretch(Interpolation.BILINEAR);

    private static Preprocessing pictures(int height, int channels, float mean, float std, ResizeMode fit) {
        return new Preprocessing(
                height,
                8,
                channels,
                Stream.generate(() -> mean).limit(channels).toList(),
                Stream.generate(() -> std).limit(channels).toList(),
                fit);
    }

    @Test
    void ofPreparationsThatDiffer() {
        List<Preparation> all = List.of(
                pictures(8, 1, 0, 1, STRETCH),
                pictures(9, 1, 0, 1, STRETCH),
                pictures(8, 3, 0, 1, STRETCH),
                pictures(8, 1, 0.5f, 1, STRETCH),
                pictures(8, 1, 0, 0.5f, STRETCH),
                pictures(8, 1, 0, 1, new ResizeMode.Stretch(Interpolation.BICUBIC)),
                pictures(8, 1, 0, 1, new ResizeMode.CenterCrop(8, Interpolation.BILINEAR)),
                pictures(8, 1, 0, 1, new ResizeMode.CenterCrop(9, Interpolation.BILINEAR)),
                new CategoryCoding(List.of("a"), List.of(List.of("x", "y"))),
                new CategoryCoding(List.of("a"), List.of(List.of("x, y"))),
                new CategoryCoding(List.of("a"), List.of(List.of("1:x,1:y"))),
                new CategoryCoding(List.of("b"), List.of(List.of("x", "y"))),
                new CategoryCoding(List.of("a", "b"), List.of(List.of("x"), List.of("y"))),
                new NumberScaling(List.of("a"), List.of(0.0), List.of(1.0)),
                new NumberScaling(List.of("b"), List.of(0.0), List.of(1.0)),
                new NumberScaling(List.of("a"), List.of(0.5), List.of(1.0)),
                new NumberScaling(List.of("a"), List.of(0.0), List.of(2.0)),
                BagOfWords.of(Map.of("word", 1.0)),
                BagOfWords.of(Map.of("word", 2.0)));

        assertThat(all.stream().map(Preparation::fingerprint)).doesNotHaveDuplicates();
    }

    @Test
    void isWrittenOutAndDoesNotFollowTheNamesOfClasses() {
        assertThat(pictures(8, 1, 0, 1, STRETCH).fingerprint())
                .isEqualTo("Preprocessing[height=8, width=8, channels=1, mean=[0.0], std=[1.0],"
                        + " fit=Stretch[interpolation=bilinear]]");
    }
}
