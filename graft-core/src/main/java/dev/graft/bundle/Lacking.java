package dev.graft.bundle;

import dev.graft.backbone.BackboneCard;
import dev.graft.bundle.BundleConfig.CutConfig;
import dev.graft.bundle.BundleConfig.HeadConfig;
import dev.graft.bundle.BundleConfig.NetworkConfig;
import dev.graft.bundle.BundleConfig.PreprocessingConfig;
import dev.graft.model.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the names of missing parts. Jackson fills a record's missing components with null. */
record Lacking(List<String> names) {
    void check(String name, @Nullable Object value) {
        if (value == null || (value instanceof List<?> list && list.stream().anyMatch(Objects::isNull))) {
            names.add(name);
        }
    }

    void checkNetwork(String place, @Nullable PreprocessingConfig preprocessing, @Nullable NetworkConfig network) {
        if (network == null) {
            check(place + "preprocessing", preprocessing);
            return;
        }
        check(place + "network.family", network.family());
        check(place + "network.settings", network.settings());
        check(
                place + "network.settings",
                network.settings() == null
                        ? null
                        : new ArrayList<>(network.settings().values()));
        check(place + "network.files", network.files());
    }

    void checkTransfer(BundleConfig config) {
        check("labels", config.labels());
        checkCutAndHead(config.cut(), config.head());
        checkLineage(config.lineage());
    }

    void checkCutAndHead(@Nullable CutConfig cut, @Nullable HeadConfig head) {
        check("cut", cut);
        if (cut != null) {
            checkCut("cut", cut);
        }
        checkHead(head);
    }

    void checkCut(String place, CutConfig cut) {
        check(place + ".stages", cut.stages());
        check(place + ".pooling", cut.stages() == null ? cut.pooling() : cut.poolingOfStages());
    }

    void checkHead(@Nullable HeadConfig head) {
        check("head", head);
        if (head != null) {
            check("head.name", head.name());
            check("head.layers", head.layers());
        }
    }

    void checkLineage(@Nullable Lineage lineage) {
        check("lineage", lineage);
        if (lineage == null) {
            return;
        }
        check("lineage.backbone", lineage.backbone());
        check("lineage.backboneOrigin", lineage.backboneOrigin());
        check("lineage.backboneDigest", lineage.backboneDigest());
        check("lineage.strategy", lineage.strategy());
        check("lineage.data", lineage.data());
        check("lineage.dataDigest", lineage.dataDigest());
        check("lineage.version", lineage.version());
    }

    void checkCard(@Nullable BackboneCard card) {
        check("card", card);
        if (card != null) {
            check("card.origin", card.origin());
            check("card.data", card.data());
            check("card.dataDigest", card.dataDigest());
            check("card.command", card.command());
            check("card.license", card.license());
        }
    }
}
