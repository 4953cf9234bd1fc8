package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static OutOfFold judged(boolean... right) {
        OutOfFold judged = OutOfFold.unjudged(right.length);
        for (int i = 0; i < right.length; i++) {
            judged.judge(i, new float[] {0.8f, 0.2f}, right[i] ? 0 : 1);
        }
        return judged;
    }
}
