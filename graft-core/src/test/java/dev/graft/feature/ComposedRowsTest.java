package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComposedRowsTest {
    @Test
    void everyRowIsReadFromThePieceThatHasIt() {
        Rows rows =
                ComposedRows.of(List.of(rows(0, 10), rows(20, 30, 40)), List.of(new int[] {3, 0}, new int[] {1, 4, 2}));

        assertThat(rows.count()).isEqualTo(5);
        assertThat(rows.width()).isEqualTo(2);
        float[] all = new float[11];
        for (int row = 0; row < 5; row++) {
            rows.read(row, all, 1 + 2 * row);
        }
        assertThat(all).containsExactly(0, 10, 11, 20, 21, 40, 41, 0, 1, 30, 31);
    }

    /** Rows of two values, which begin as told. */
    private static Rows rows(int... first) {
        return new Rows() {
            @Override
            public int count() {
                return first.length;
            }

            @Override
            public int width() {
                return 2;
            }

            @Override
            public void read(int row, float[] target, int offset) {
                target[offset] = first[row];
                target[offset + 1] = first[row] + 1;
            }
        };
    }
}
