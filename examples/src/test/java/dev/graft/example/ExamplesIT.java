package dev.graft.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.prediction.Prediction;
import dev.graft.training.TransferResult;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each example comes to what it says. */
class ExamplesIT {
    @Test
    void aRingThatCameAsBytesIsCalledOne() throws IOException {
        assertThat(PicturesFromMemory.run().label()).isEqualTo("ring");
    }

    @Test
    void reviewsOfADatabaseAreAnsweredInIt() throws SQLException {
        assertThat(TextsFromDatabase.run()).containsExactly("praise", "complaint");
    }

    @Test
    void aHeavyParcelWithACrossIsHeldAndALightOneIsSent() {
        List<Prediction> predictions = ItemsOfSeveralParts.run();

        assertThat(predictions).extracting(Prediction::label).containsExactly("held", "sent");
    }

    @Test
    void aStrategyOfOnesOwnRunsItsPhasesAndLearns() {
        TransferResult result = OwnStrategy.run();

        assertThat(result.history()).extracting(epoch -> epoch.phase()).contains("head", "end", "all");
        assertThat(result.test().accuracy()).isGreaterThan(0.7);
    }

    @Test
    void aNetworkOfOnesOwnLearnsOnAFrozenBackbone() {
        float[] losses = OwnNetwork.run();

        assertThat(losses[losses.length - 1]).isLessThan(losses[0] / 2);
    }

    @Test
    void aQuestionFindsTheSentenceThatAnswersIt() {
        assertThat(Search.run("Until when do you serve food?")).startsWith("Our kitchen closes at ten in the evening.");
    }
}
