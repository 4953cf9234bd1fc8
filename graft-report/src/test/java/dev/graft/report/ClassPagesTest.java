package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is written of classes stays as it is, to the byte, whatever becomes of the other kinds of target. Where a change is wanted, the
 * digests here change with it.
 */
final class ClassPagesTest {
    private static final ReportPictures NOTHING = new ReportPictures(List.of(), List.of(), Map.of());

    @Test
    void pagesOfClassesKeepTheirBytes() {
        assertThat(digest(Report.html(ExampleExperiment.shapes(), ExampleExperiment.pictures())))
                .isEqualTo("59c4d19776dd4c65c520c45abb4a477ac7da3688dd736bf8a255be0f6900b0d2");
        assertThat(digest(Report.html(OwnImages.experiment(4), OwnImages.pictures(4))))
                .isEqualTo("856e7967a7b17c91eb8cd5e1fc9d77b76d89e2f75fded7309c5e81ebe1c6fcc9");
        assertThat(digest(Report.html(OwnImages.experiment(100), NOTHING)))
                .isEqualTo("8a154a420f8a718bb5a8a586acdc3afb77906575583bef3ed639625f3a17a90e");
    }

    @Test
    void filesOfClassesKeepTheirKeys() {
        ExperimentResult own = OwnImages.experiment(4);

        assertThat(digest(MetricsJson.toJson(own).replaceAll("[-+.0-9]+(E-?[0-9]+)?", "0")))
                .isEqualTo("5bef5a6a0406681ee87024e0c3b6a5ceb74f1911864f81f13bd0d926a0809b4a");
        assertThat(HistoryCsv.write(own).lines().findFirst())
                .contains("strategy,epoch,phase,loss,accuracy,validationLoss,validationAccuracy");
    }

    /** Of all but pictures, whose bytes are those of the Java that compresses them. */
    private static String digest(String text) {
        String plain = text.replaceAll("data:image/[^\"]*", "");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
