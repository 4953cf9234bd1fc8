package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.result.ExperimentResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.HeatMaps;
import dev.graft.result.StrategyResult;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where a network looked, under its predictions. */
class HeatMapPageTest {
    private static final ExperimentResult EXPERIMENT = OwnImages.experiment(4);
    private static final ReportPictures PICTURES = OwnImages.pictures(4);
    private static final StrategyResult ROW = EXPERIMENT.results().get(0);

    @Test
    void aHeatMapStandsUnderTheMistakeAndInTheGalleryAndSaysWhatItIs() {
        PredictionResult mistake = ROW.topLosses().get(0);
        Image drawn = Drawings.disc(new Random(3));

        String html = html(Map.of(ROW.strategy(), new HeatMaps("occlusion", Map.of(mistake.index(), drawn))));

        long shown = Stream.concat(ROW.topLosses().stream(), ROW.gallery().stream())
                .filter(one -> one.index() == mistake.index())
                .count();
        assertThat(html.split("class=\"picture heatmap\"", -1)).hasSize((int) shown + 1);
        assertThat(html)
                .contains(
                        new InlinePictures().uri(drawn),
                        "dark blue",
                        "could be either. Under some pictures",
                        "confidence. Under some pictures",
                        "(occlusion)");
        assertThat(html)
                .containsSubsequence(
                        "<section id=\"surest\"",
                        "alt=\"Test example " + mistake.index() + ":",
                        "class=\"picture heatmap\"",
                        "alt=\"Where the network found evidence for ");
    }

    @Test
    void aMapOfAnotherStrategyIsNotShown() {
        assertThat(html(Map.of(
                        "another",
                        new HeatMaps(
                                "occlusion", Map.of(ROW.topLosses().get(0).index(), Drawings.disc(new Random(3)))))))
                .doesNotContain("class=\"picture heatmap\"");
    }

    @Test
    void withoutHeatMapsNothingIsSaidOfThem() {
        assertThat(html(Map.of())).doesNotContain("heatmap\"", "bright yellow");
    }

    private static String html(Map<String, HeatMaps> maps) {
        return Report.html(EXPERIMENT, PICTURES.withHeatMaps(maps));
    }
}
