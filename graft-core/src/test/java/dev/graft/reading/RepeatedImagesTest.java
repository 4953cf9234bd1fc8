package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.ClassSelection;
import dev.graft.data.RepeatedExamples;
import dev.graft.data.ResidentImages;
import dev.graft.data.Split;
import dev.graft.image.ImageKeeper;
import dev.graft.image.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedImagesTest {
    @TempDir
    private Path root;

    @Test
    void aFileInTrainingAndTestIsNamedHoweverItsImagesAreHeld() throws IOException {
        TestFolder folder = new TestFolder(root);
        folder.noise("train/cat", 3, 1)
                .noise("train/dog", 3, 2)
                .noise("test/cat", 2, 3)
                .noise("test/dog", 2, 4);
        Files.copy(root.resolve("train/dog/1.png"), root.resolve("test/dog/same.png"));

        ImageDataset data = ImageDataset.of(root);
        LabeledFiles test = Objects.requireNonNull(data.test());

        String expected = "1 of 5 test examples are training examples too, byte for byte, such as 'dog/same.png' and"
                + " 'dog/1.png': the test accuracy is flattered";
        assertThat(RepeatedExamples.sentences(data.train(), null, test)).containsExactly(expected);
        assertThat(RepeatedExamples.sentences(
                        ClassSelection.of(data.train(), List.of("cat", "dog")),
                        null,
                        ResidentImages.within(test, 1 << 20)))
                .containsExactly(expected);
        ImageKeeper keeper = new ImageKeeper(5, null, 1 << 20);
        assertThat(RepeatedExamples.sentences(data.train(), null, keeper.over(test)))
                .containsExactly(expected);
    }

    @Test
    void aSplitThatDealsCopiesToBothSidesAndCopiesUnderTwoLabelsAreSaid() throws IOException {
        TestFolder folder = new TestFolder(root);
        folder.noise("cat", 1, 1).noise("dog", 10, 2);
        for (int i = 1; i < 10; i++) {
            Files.copy(root.resolve("cat/0.png"), root.resolve("cat/" + i + ".png"));
        }
        Files.copy(root.resolve("cat/0.png"), root.resolve("dog/cat.png"));
        Split.Parts parts = ImageDataset.of(root).parts(Split.stratified(0.6, 0.2, 0.2));

        assertThat(RepeatedExamples.sentences(parts.train(), parts.validation(), parts.test()))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("1 example occurs under two labels, byte for byte, such as 'cat/")
                .contains("' as cat and 'dog/cat.png' as dog");
    }
}
