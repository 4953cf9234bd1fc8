package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BundleConfigTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void theFitIsWrittenAndReadBack() {
        ResizeMode crop = new ResizeMode.CenterCrop(256, Interpolation.BICUBIC);
        BundleConfig.PreprocessingConfig config = written(Preprocessing.imageNet(224, crop));

        String json = JSON.writeValueAsString(config);

        assertThat(json)
                .contains("\"fit\":{\"mode\":\"center-crop\",\"interpolation\":\"bicubic\",\"shorterSide\":256}");
        assertThat(JSON.readValue(json, BundleConfig.PreprocessingConfig.class)).isEqualTo(config);
    }

    @Test
    void theDefaultFitIsLeftOutAsInOldBundles() {
        assertThat(JSON.writeValueAsString(written(Preprocessing.unitRange(28, 28, 1))))
                .isEqualTo("{\"height\":28,\"width\":28,\"channels\":1,\"mean\":[0.0],\"std\":[1.0]}");
    }

    @Test
    void everyFitIsWrittenInAnotherWay() {
        Preprocessing base = Preprocessing.unitRange(28, 28, 1);

        assertThat(written(base.withFit(new ResizeMode.Stretch(Interpolation.BICUBIC))))
                .isNotEqualTo(written(base))
                .isNotEqualTo(written(base.withFit(new ResizeMode.CenterCrop(28, Interpolation.BICUBIC))));
        assertThat(written(base.withFit(new ResizeMode.CenterCrop(28, Interpolation.BICUBIC))))
                .isNotEqualTo(written(base.withFit(new ResizeMode.CenterCrop(28, Interpolation.BILINEAR))))
                .isNotEqualTo(written(base.withFit(new ResizeMode.CenterCrop(32, Interpolation.BICUBIC))));
    }

    private static BundleConfig.PreprocessingConfig written(Preprocessing preprocessing) {
        return BundleConfig.PreprocessingConfig.of(preprocessing);
    }
}
