package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackboneCardTest {
    private static final BackboneCard WHOLE =
            new BackboneCard("here", "mnist", "00ff", List.of("0", "1"), 0.5, 1, 2.0, 3, "graft pretrain", "CC0-1.0");

    @Test
    void isMadeStepByStepInAnyOrder() {
        assertThat(BackboneCard.of("here", "mnist")
                        .withDataDigest("00ff")
                        .withClassNames(List.of("0", "1"))
                        .withTestAccuracy(0.5)
                        .withTraining(1, 2.0, 3)
                        .withCommand("graft pretrain")
                        .withLicense("CC0-1.0"))
                .isEqualTo(WHOLE);
        assertThat(BackboneCard.of("random", "mnist")
                        .withLicense("CC0-1.0")
                        .withCommand("graft pretrain")
                        .withTraining(1, 2.0, 3)
                        .withTestAccuracy(0.5)
                        .withClassNames(List.of("0", "1"))
                        .withDataDigest("00ff")
                        .withOrigin("here"))
                .isEqualTo(WHOLE);
    }

    @Test
    void leavesOpenWhatNobodySaid() {
        BackboneCard card = BackboneCard.of("hub", "unknown");

        assertThat(card.testAccuracy()).isNaN();
        assertThat(card.classNames()).isEmpty();
        assertThat(card.epochs()).isZero();
    }
}
