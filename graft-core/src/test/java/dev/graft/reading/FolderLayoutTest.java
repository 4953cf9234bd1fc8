package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.image.TestFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderLayoutTest extends FolderReading {
    @ParameterizedTest
    @CsvSource({
        "train, testing, TEST",
        "Training, Test, TEST",
        "TRAIN, tst, TEST",
        "trn, tests, TEST",
        "train, test_set, TEST",
        "train_images, testset, TEST",
        "训练, 测试, TEST",
        "训练集, 测试集, TEST",
        "train, dev, VALIDATION",
        "train, eval, VALIDATION",
        "train, Evaluation, VALIDATION",
        "train, holdout, VALIDATION",
        "train2017, val2017, VALIDATION",
        "train, hold-out, VALIDATION",
        "train, 验证, VALIDATION",
        "train, validation_data, VALIDATION"
    })
    void foldersCalledLikePartsAreParts(String training, String other, Part part) {
        folder.noise(training + "/cat", 2, 1).noise(training + "/dog", 2, 2);
        folder.noise(other + "/cat", 1, 3).noise(other + "/dog", 1, 4);

        ImageDataset data = ImageDataset.of(root);

        assertThat(data.train().size()).isEqualTo(4);
        assertThat(data.train().classNames()).containsExactly("cat", "dog");
        assertThat(data.train().name()).isEqualTo("photos");
        LabeledFiles read = Objects.requireNonNull(part == Part.TEST ? data.test() : data.validation());
        assertThat(read.size()).isEqualTo(2);
    }

    @Test
    void whatIsNotPlainlyAPartIsSaid() {
        folder.noise("train/cat", 1, 1).noise("testing/cat", 1, 2).noise("dev/cat", 1, 3);

        assertThat(FolderParts.of(root, FolderRules.defaults()).notes())
                .containsExactly("'dev' is taken as the validation part", "'testing' is taken as the test part");
    }

    @Test
    void whatIsPlainlyAPartNeedsNoWord() {
        folder.noise("train/cat", 1, 1).noise("test/cat", 1, 2).noise("val/cat", 1, 3);

        assertThat(FolderParts.of(root, FolderRules.defaults()).notes()).isEmpty();
    }

    @Test
    void twoFoldersForOnePartAreRefused() {
        folder.noise("train/cat", 1, 1).noise("training/cat", 1, 2).noise("test/cat", 1, 2);
        assertRefused(() -> ImageDataset.of(root), "same part", "'train', 'training'");
        assertRefused(() -> ImageFolder.of(root), "same part");
    }

    @Test
    void partsWithoutATrainingPartAreRefused() {
        folder.noise("dev/cat", 1, 1).noise("testing/dog", 1, 2);

        assertRefused(() -> ImageDataset.of(root), "no training part", "'dev', 'testing'");
    }

    @Test
    void partsBesideOtherFoldersAreRefusedWithBothReadings() {
        folder.noise("train/cat", 1, 1)
                .noise("train/dog", 1, 2)
                .noise("testing/cat", 1, 3)
                .noise("extra/1", 1, 4);

        assertRefused(
                () -> ImageDataset.of(root),
                "parts of the data or classes",
                "'train' as the training part",
                "'testing' as the test part",
                "without 'extra'",
                "FolderLayout.PARTS");
        FolderRules rules = FolderRules.defaults().withLayout(FolderLayout.PARTS);
        assertThat(FolderParts.of(root, rules).notes())
                .containsExactly("'testing' is taken as the test part", "'extra' names no part and is left out");
        assertThat(ImageDataset.of(root, rules, StandardCharsets.UTF_8).train().size())
                .isEqualTo(2);
    }

    @Test
    void aClassMayBeCalledAfterAPart() {
        folder.noise("train", 3, 1).noise("bus", 3, 2).noise("car", 3, 3);

        assertThat(ImageDataset.of(root).train().classNames()).containsExactly("bus", "car", "train");
        assertThat(FolderParts.of(root, FolderRules.defaults()).notes())
                .singleElement()
                .asString()
                .contains("'train' is taken as classes like the folders beside");
    }

    @Test
    void foldersInsideFoldersThatCouldBeClassesAreRefusedWithBothReadings() {
        folder.noise("animals/cat", 2, 1).noise("things/car", 2, 2);

        assertRefused(
                () -> ImageDataset.of(root),
                "two ways",
                "2 classes, the folders at the top: 'animals', 'things'",
                "2 classes, the folders inside: 'car', 'cat'",
                "FolderLayout.INNERMOST");
        assertThat(classes(FolderLayout.CLASSES)).containsExactly("animals", "things");
        assertThat(classes(FolderLayout.INNERMOST)).containsExactly("car", "cat");
    }

    @Test
    void theInnermostFoldersMayLieAtSeveralDepthsAndBelowParts() {
        folder.noise("train/animals/small/cat", 2, 1)
                .noise("train/animals/dog", 2, 2)
                .noise("train/things/car", 2, 3);
        folder.noise("testing/animals/dog", 1, 4).noise("testing/things/car", 1, 5);

        assertRefused(() -> ImageDataset.of(root), "two ways");
        FolderRules rules = FolderRules.defaults().withLayout(FolderLayout.INNERMOST);
        ImageDataset data = ImageDataset.of(root, rules, StandardCharsets.UTF_8);

        assertThat(data.train().classNames()).containsExactly("car", "cat", "dog");
        LabeledFiles test = Objects.requireNonNull(data.test());
        assertThat(test.size()).isEqualTo(2);
        assertThat(test.file(0)).isEqualTo(root.resolve("testing/things/car/0.png"));
        assertThat(test.label(1)).isEqualTo(2);
    }

    @Test
    void innermostFoldersOfOneNameOrBesideImagesAreRefused() {
        folder.noise("animals/small", 2, 1).noise("things/small", 2, 2);
        assertRefused(() -> classes(FolderLayout.INNERMOST), "one name", "small");
        folder.noise("things/1.png", 3);
        assertRefused(() -> classes(FolderLayout.INNERMOST), "images and folders", "things");
    }

    @Test
    void foldersOfOneNameInEveryClassOnlySortImages() {
        folder.noise("cat/front", 2, 1).noise("cat/back", 2, 2).noise("dog/front", 2, 3);

        assertThat(ImageDataset.of(root).train().classNames()).containsExactly("cat", "dog");
    }

    @Test
    void partsInsideClassesAreRefused() {
        folder.noise("cat/train", 2, 1)
                .noise("cat/test", 2, 2)
                .noise("dog/train", 2, 3)
                .noise("dog/test", 2, 4);

        assertRefused(() -> ImageDataset.of(root), "divided into parts inside", "train/cat");
    }

    @Test
    void aFolderAroundTheClassesIsNamed() {
        folder.noise("photos/cat", 2, 1).noise("photos/dog", 2, 2);

        assertRefused(() -> ImageDataset.of(root), "one class only", "photos", "folders inside it are the classes");
    }

    @Test
    void foldersOfTextsAreNamed() {
        byte[] text = {65};
        folder.write("pos/1.txt", text).write("neg/1.txt", text);

        assertRefused(() -> ImageDataset.of(root), "holds texts, not images", "text and label");
    }

    @Test
    void textsBesideTheFoldersAreNoImages() {
        byte[] text = {65};
        folder.noise("train/cat", 2, 1).noise("train/dog", 2, 2).noise("testing/cat", 1, 3);
        folder.write("train/readme.txt", text).write("testing/labels.csv", text);

        assertThat(ImageDataset.of(root).test()).isNotNull();
    }

    @Test
    void judgingFindsKnownClassesWhateverTheyAreCalledAndWhereverTheyLie() {
        folder.noise("train", 2, 1).noise("bus", 2, 2);
        assertThat(judged("bus", "train").size()).isEqualTo(4);

        Path deep = directory.resolve("deep");
        new TestFolder(deep).noise("animals/cat", 2, 1).noise("things/car", 1, 2);
        LabeledFiles files =
                ImageDataset.judging(deep, List.of("car", "cat"), FolderRules.defaults(), StandardCharsets.UTF_8);
        assertThat(files.size()).isEqualTo(3);
        assertThat(files.label(0)).isZero();
    }

    @Test
    void judgingTakesTheTestPartOfDividedData() {
        folder.noise("train/cat", 3, 1).noise("train/dog", 3, 2).noise("testing/cat", 1, 3);

        assertThat(judged("cat", "dog").size()).isEqualTo(1);
    }

    private LabeledFiles judged(String... classNames) {
        return ImageDataset.judging(root, List.of(classNames), FolderRules.defaults(), StandardCharsets.UTF_8);
    }

    private List<String> classes(FolderLayout layout) {
        return ImageFolder.of(root, FolderRules.defaults().withLayout(layout)).classNames();
    }
}
