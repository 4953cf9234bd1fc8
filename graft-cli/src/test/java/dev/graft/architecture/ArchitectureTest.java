package dev.graft.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.graft.error.GraftException;
import dev.graft.error.Reason;
import dev.graft.storage.Digests;
import dev.graft.weights.InputFiles;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What holds for the code of every module, since this module sees them all. */
class ArchitectureTest {
    private static final String OURS = "dev.graft..";
    private static final String CLI = "dev.graft.cli..";
    private static final String ENGINE = "dev.graft.engine..";

    private static final String TOKENIZER = "dev.graft.tokenizer..";
    private static final String BINDING = "ai.djl.huggingface..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.graft");

    @Test
    void thereAreClassesOfEveryModuleToLookAt() {
        assertThat(CLASSES.contain("dev.graft.error.GraftException")).isTrue();
        assertThat(CLASSES.contain("dev.graft.result.ExperimentResult")).isTrue();
        assertThat(CLASSES.contain("dev.graft.text.TextBackbones")).isTrue();
        assertThat(CLASSES.contain("dev.graft.serve.GraftServer")).isTrue();
        assertThat(CLASSES.contain("dev.graft.cli.Graft")).isTrue();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.graft.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatLivesThere() {
        List<String> unmarked = packages()
                .filter(place -> place.tryGetPackageInfo()
                        .map(info -> !info.isAnnotatedWith(NullMarked.class))
                        .orElse(true))
                .map(JavaPackage::getName)
                .toList();

        assertThat(unmarked).as("packages without a null-marked package-info").isEmpty();
    }

    @Test
    void onlyTheCommandPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .callMethodWhere(target(name("printStackTrace")))
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void nothingIsSerializedTheJavaWay() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class)
                .check(CLASSES);
        // What a class inherits from an exception, an enum or a library it does not ask for.
        noClasses()
                .should(be(describe("declared serializable", type -> type.getRawInterfaces().stream()
                        .anyMatch(one -> one.isEquivalentTo(Serializable.class)))))
                .check(CLASSES);
    }

    /** A file that is written in place may be left torn, and one that somebody else made may be lost. */
    @Test
    void filesAreWrittenInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.graft.storage..")
                // Downloads go on where they ended, and their content is checked before it gets its name.
                .and(not(resideInAPackage("dev.graft.hub..")))
                // Files without a name, or with one in the temporary folder, that nobody else reads.
                .and(not(have(name("dev.graft.feature.FeatureCache"))))
                .and(not(have(nameMatching("dev\\.graft\\.feature\\.SpillFile"))))
                .and(not(have(name("dev.graft.image.ImageKeeper"))))
                .and(not(have(name("dev.graft.tokenizer.TokenizerTrial"))))
                .and(not(have(name("dev.graft.cli.Rehearsal"))))
                // Standard output and standard error.
                .and(not(have(name("dev.graft.cli.Console"))))
                .and(not(have(name("dev.graft.tokenizer.TokenizerTrialProcess"))))
                .should()
                .callMethodWhere(target(owner(describe("Files", type -> type.isEquivalentTo(Files.class))))
                        .and(target(name("write"))
                                .or(target(name("writeString")))
                                .or(target(name("newOutputStream")))
                                .or(target(name("newBufferedWriter")))
                                .or(target(name("newByteChannel")))
                                .or(target(name("copy")))
                                .or(target(name("move")))
                                .or(target(name("delete")))
                                .or(target(name("deleteIfExists")))
                                .or(target(name("createFile")))
                                .or(target(name("createTempFile")))
                                .or(target(name("createDirectory")))
                                .or(target(name("createDirectories")))))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(FileWriter|FileOutputStream|RandomAccessFile)")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.graft.storage..")
                .and(not(resideInAPackage("dev.graft.hub..")))
                .and(not(have(nameMatching("dev\\.graft\\.feature\\.SpillFile"))))
                .and(not(have(name("dev.graft.image.ImageKeeper"))))
                // It reads.
                .and(not(have(name("dev.graft.weights.FileSource"))))
                .should()
                .callMethod(FileChannel.class, "open", Path.class, OpenOption[].class)
                .check(CLASSES);
    }

    @Test
    void onePlaceReplacesFilesAndOneMakesDigests() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.graft.storage..")
                .should()
                .callMethod(Files.class, "move", Path.class, Path.class, CopyOption[].class)
                .check(CLASSES);
        noClasses()
                .that(not(belongToAnyOf(Digests.class)))
                .should()
                .callMethodWhere(
                        target(owner(describe("MessageDigest", type -> type.isEquivalentTo(MessageDigest.class))))
                                .and(target(name("getInstance"))))
                .check(CLASSES);
    }

    @Test
    void onlyTheEngineRoomSeesTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ENGINE, TOKENIZER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    @Test
    void theTokenizerRoomSeesItsBindingAloneAndNobodyElseDoes() {
        noClasses()
                .that()
                .resideInAPackage(TOKENIZER)
                .should()
                .dependOnClassesThat(resideInAPackage("ai.djl..").and(not(resideInAPackage(BINDING))))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(TOKENIZER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BINDING)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandSeesTheLibrariesOfTheCommand() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "ch.qos.logback..", "me.tongfei..", CLI)
                .check(CLASSES);
    }

    @Test
    void theHttpLibraryIsSeenAtTheEdgeOfTheServerAlone() {
        noClasses()
                .that(not(have(
                        nameMatching("dev\\.graft\\.serve\\.(GraftServer|Exchange|Http|Body|Multipart|Peeking).*"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.graft.serve..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void eachRoomSeesOnlyWhatItMay() {
        sees("dev.graft.error..");
        sees("dev.graft.storage..", "dev.graft.error..");
        sees("dev.graft.weights..", "dev.graft.storage..", "dev.graft.error..");
        sees("dev.graft.targets..", "dev.graft.error..");
        sees(
                "dev.graft.data..",
                "dev.graft.targets..",
                "dev.graft.storage..",
                "dev.graft.error..",
                "dev.graft.weights..");
        sees("dev.graft.layer..", "dev.graft.error..");
        sees("dev.graft.preparation..", "dev.graft.data..", "dev.graft.storage..", "dev.graft.error..");
        sees(
                "dev.graft.image..",
                "dev.graft.preparation..",
                "dev.graft.data..",
                "dev.graft.targets..",
                "dev.graft.error..",
                "dev.graft.weights..");
        sees(
                "dev.graft.reading..",
                "dev.graft.targets..",
                "dev.graft.image..",
                "dev.graft.data..",
                "dev.graft.storage..",
                "dev.graft.error..",
                "dev.graft.weights..");
        sees(
                "dev.graft.tokenizer..",
                "dev.graft.preparation..",
                "dev.graft.data..",
                // It unpacks native libraries.
                "dev.graft.engine..",
                "dev.graft.storage..",
                "dev.graft.error..",
                "dev.graft.weights..");
        sees("dev.graft.result..", "dev.graft.data..", "dev.graft.error..");
        sees(
                "dev.graft.report..",
                "dev.graft.result..",
                "dev.graft.data..",
                "dev.graft.storage..",
                "dev.graft.error..");
    }

    /** A named pipe or a device would hang whoever opens it: one class looks before it opens. */
    @Test
    void filesAreOpenedForReadingInOnePlace() {
        noClasses()
                .that(not(belongToAnyOf(InputFiles.class)))
                // It reads back what it wrote, after a look at what that is.
                .and(not(resideInAPackage("dev.graft.storage..")))
                // It reads what the system says of its processors.
                .and(not(have(name("dev.graft.engine.Machine"))))
                // It reads back a temporary file that it alone wrote and has open.
                .and(not(have(nameMatching("dev\\.graft\\.feature\\.SpillFile"))))
                .should()
                .callMethodWhere(target(owner(describe("Files", type -> type.isEquivalentTo(Files.class))))
                        .and(target(name("newInputStream"))
                                .or(target(name("readAllBytes")))
                                .or(target(name("readString")))
                                .or(target(name("readAllLines")))
                                .or(target(name("lines")))
                                .or(target(name("newBufferedReader")))))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(FileReader|FileInputStream|RandomAccessFile)")
                .check(CLASSES);
    }

    /** Messages of Java's own exceptions are missing, a path alone, or of no use to people: Reason has the words for them. */
    @Test
    void messagesOfForeignExceptionsAreTurnedIntoReasonsInOnePlace() {
        noClasses()
                .that(not(belongToAnyOf(Reason.class)))
                // Picocli's messages are made for users, and those of the tokenisers' binding are words; what nobody
                // expected
                // is shown as it is.
                .and(not(have(
                        nameMatching("dev\\.graft\\.cli\\.(WrongUsage|Failures|LostOutputException|ResultStream)"))))
                .and(not(resideInAPackage(TOKENIZER)))
                .should()
                .callMethodWhere(target(name("getMessage"))
                        .and(target(owner(assignableTo(Throwable.class))))
                        .and(not(target(owner(assignableTo(GraftException.class)))))
                        .and(describe(
                                "of a foreign exception",
                                call -> !call.getTargetOwner().getName().startsWith("dev.graft."))))
                .check(CLASSES);
    }

    /** Elsewhere digits are others, commas stand for points, and an I has no dot. */
    @Test
    void numbersAndKeysAreWrittenTheSameInEveryLanguage() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(CLASSES);
    }

    @Test
    void nothingIsNamedAfterHavingNoName() {
        noClasses()
                .should()
                .haveNameMatching("(?i).*\\.(utils?|commons?|helpers?|managers?)\\..*")
                .orShould()
                .haveNameMatching(".*(Utils?|Commons?|Helpers?|Managers?)")
                .check(CLASSES);
    }

    /** Checks that a room depends on nothing of ours but itself and the others given. */
    private static void sees(String room, String... others) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(OURS).and(not(resideInAPackage(room))).and(not(resideInAnyPackage(others))))
                .check(CLASSES);
    }

    private static Stream<JavaPackage> packages() {
        return CLASSES.stream().map(JavaClass::getPackage).distinct();
    }
}
