package dev.graft.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.curation.NearestNeighbors.Neighbor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestNeighborsTest {
    @Test
    void neighborsAreThoseOfScikitLearn() {
        Embeddings vectors = Reference.vectors();

        List<List<Neighbor>> found = new NearestNeighbors(vectors).of(vectors, 5, (query, example) -> query != example);

        for (int i = 0; i < vectors.count(); i++) {
            assertThat(found.get(i).stream().mapToInt(Neighbor::index).toArray())
                    .containsExactly(Reference.numbers("neighbors", i));
            for (int k = 0; k < 5; k++) {
                assertThat(found.get(i).get(k).similarity())
                        .isCloseTo(Reference.decimals("similarities", i)[k], within(1e-5));
            }
        }
    }

    @Test
    void blocksMakeNoDifference() {
        Random random = new Random(3);
        int width = 1 << 20;
        float[] values = new float[9 * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        // Four vectors fill a block.
        Embeddings wide = Embeddings.of(values, width);

        List<List<Neighbor>> found = new NearestNeighbors(wide).of(wide.some(new int[] {8, 0}), 9);

        assertThat(found.get(0)).hasSize(9);
        assertThat(found.get(0).get(0).index()).isEqualTo(8);
        assertThat(found.get(1).get(0).index()).isZero();
        assertThat(found.get(0)).extracting(Neighbor::similarity).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void ofEquallyNearOnesTheFirstIsGiven() {
        Embeddings same = Embeddings.of(new float[] {1, 1, 1, 1, 1, 1, 2, 2}, 2);

        assertThat(new NearestNeighbors(same).of(same.some(new int[] {3}), 2).get(0))
                .extracting(Neighbor::index)
                .containsExactly(0, 1);
    }

    @Test
    void fewerExamplesGiveFewerNeighbors() {
        Embeddings two = Embeddings.of(new float[] {1, 0, 0, 1}, 2);

        assertThat(new NearestNeighbors(two)
                        .of(two, 7, (query, example) -> false)
                        .get(0))
                .isEmpty();
        assertThat(new NearestNeighbors(two).of(two, 7).get(1))
                .extracting(Neighbor::index)
                .containsExactly(1, 0);
    }

    @Test
    void anExampleWithoutAnyFeatureIsLikeNothing() {
        Embeddings vectors = Embeddings.of(new float[] {0, 0, 3, 4}, 2);

        assertThat(vectors.vectors(0, 2)).containsExactly(0, 0, 0.6f, 0.8f);
        assertThat(new NearestNeighbors(vectors).of(vectors, 1).get(0).get(0).similarity())
                .isZero();
    }

    @Test
    void fewerValuesKeepTheAngles() {
        Random random = new Random(5);
        float[] values = new float[30 * 4000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() + (i / 4000 % 3 == i % 3 ? 2 : 0);
        }
        Embeddings wide = Embeddings.of(values, 4000);
        Embeddings narrow = wide.projected(1000, 1);

        assertThat(narrow.width()).isEqualTo(1000);
        float[] one = wide.vectors(0, 30);
        float[] other = narrow.vectors(0, 30);
        for (int i = 1; i < 30; i++) {
            assertThat(dot(other, 0, i, 1000)).isCloseTo(dot(one, 0, i, 4000), within(0.15));
        }
    }

    private static double dot(float[] rows, int a, int b, int width) {
        double sum = 0;
        for (int f = 0; f < width; f++) {
            sum += rows[a * width + f] * rows[b * width + f];
        }
        return sum;
    }
}
