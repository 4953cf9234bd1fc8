package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.targets.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutOfFoldTest {
    @Test
    void whatOneAloneGotRightIsCountedOverTheAskedExamples() {
        OutOfFold one = judged(true, true, false, false, true);
        OutOfFold other = judged(true, false, true, false, false);
        int[] all = {0, 1, 2, 3, 4};

        assertThat(one.rightAlone(other, all)).isEqualTo(2);
        assertThat(other.rightAlone(one, all)).isEqualTo(1);
        assertThat(one.rightAlone(other, new int[] {0, 2, 4})).isEqualTo(1);
        assertThat(one.rightAlone(one, all)).isZero();
    }

    @Test
    void aLowerLossOnTheSameExamplesIsCountedInStandardErrors() {
        OutOfFold one = judged(true, true, true, true);
        OutOfFold other = judged(true, false, false, true);

        // Gains of 0, d, d and 0: a mean of d / 2, a deviation of d / 2, over the root of 4.
        assertThat(one.lowerLoss(other)).isEqualTo(2, within(1e-9));
        assertThat(other.lowerLoss(one)).isEqualTo(-2, within(1e-9));
        assertThat(one.lowerLoss(one)).isZero();
    }

    @Test
    void aPartIsCountedAnew() {
        OutOfFold part = judged(true, false, true, false).of(new int[] {1, 2});

        assertThat(part.correct(new int[] {0})).isZero();
        assertThat(part.correct(new int[] {1})).isEqualTo(1);
        assertThat(part.loss()).hasSize(2);
    }

    private static OutOfFold judged(boolean... right) {
        int[] labels = new int[right.length];
        for (int i = 0; i < right.length; i++) {
            labels[i] = right[i] ? 0 : 1;
        }
        OutOfFold judged = OutOfFold.unjudged(Targets.ofClasses(List.of("a", "b"), labels));
        for (int i = 0; i < right.length; i++) {
            judged.judge(i, new float[] {0.8f, 0.2f});
        }
        return judged;
    }
}
