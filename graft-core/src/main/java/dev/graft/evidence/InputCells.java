package dev.graft.evidence;

import dev.graft.backbone.Activation;
import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.AveragePool2d;
import dev.graft.backbone.GatedFusion;
import dev.graft.backbone.Layer;
import dev.graft.backbone.LayerNorm;
import dev.graft.backbone.LayerScale;
import dev.graft.backbone.PointwiseLinear;
import dev.graft.backbone.SamePadding;
import dev.graft.backbone.SelfAttention;
import dev.graft.backbone.SequencePool;
import dev.graft.backbone.SkipConnection;
import dev.graft.backbone.SqueezeExcitation;
import dev.graft.backbone.Stage;
import dev.graft.backbone.Standardization;
import dev.graft.backbone.TokenEmbedding;
import dev.graft.backbone.UnitLength;
import dev.graft.evidence.PicturePlace.Cells;
import java.util.List;

/**
 * Which pixels of its input the cells of a feature map stand for: the middles of their receptive fields (Araujo et al. 2019,
 * "Computing Receptive Fields of Convolutional Neural Networks"). Stretching a map over the input instead misplaces it by up to
 * half a cell, and by several where convolutions pad nothing.
 *
 * @param rows the middles of the map's rows; the middle of the input's first pixel is 0
 * @param columns the middles of the map's columns
 */
record InputCells(Cells rows, Cells columns) {
    private static final InputCells PIXELS = new InputCells(new Cells(0, 1), new Cells(0, 1));
    // They work within each place, keep the map as it is beside what they add, or end it.
    private static final List<Class<? extends Layer>> STAY = List.of(
            Activation.class,
            GatedFusion.class,
            LayerNorm.class,
            LayerScale.class,
            PointwiseLinear.class,
            SelfAttention.class,
            SequencePool.class,
            SkipConnection.class,
            SqueezeExcitation.class,
            Standardization.class,
            TokenEmbedding.class,
            UnitLength.class,
            Layer.BatchNorm2d.class,
            Layer.Relu.class,
            Layer.GlobalAveragePool.class,
            Layer.Flatten.class,
            Layer.Linear.class,
            Layer.Dropout.class);

    /** The cells of what some stages make of an input. */
    static InputCells of(ActivationShape input, List<Stage> stages) {
        InputCells cells = PIXELS;
        ActivationShape shape = input;
        for (Stage stage : stages) {
            for (Layer layer : stage.layers()) {
                cells = cells.through(layer, shape);
                shape = layer.outputShape(shape);
            }
        }
        return cells;
    }

    private InputCells through(Layer layer, ActivationShape shape) {
        if (layer instanceof Layer.Conv2d conv) {
            return window(conv.kernel(), conv.stride(), conv.padding());
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return window(pool.kernel(), pool.stride(), pool.padding());
        } else if (layer instanceof AveragePool2d pool) {
            return window(pool.kernel(), pool.stride(), pool.padding());
        } else if (layer instanceof SamePadding padding) {
            return new InputCells(
                    padded(rows, padding.before(shape.height())), padded(columns, padding.before(shape.width())));
        } else if (layer instanceof Layer.Residual residual) {
            InputCells cells = this;
            ActivationShape inside = shape;
            for (Layer part : residual.body()) {
                cells = cells.through(part, inside);
                inside = part.outputShape(inside);
            }
            return cells;
        } else if (STAY.stream().anyMatch(kind -> kind.isInstance(layer))) {
            return this;
        }
        throw new AssertionError("where its outputs lie is not known of " + layer);
    }

    private InputCells window(int kernel, int stride, int padding) {
        return new InputCells(window(rows, kernel, stride, padding), window(columns, kernel, stride, padding));
    }

    private static Cells window(Cells cells, int kernel, int stride, int padding) {
        return new Cells(cells.middle(0) + ((kernel - 1) / 2.0 - padding) * cells.step(), cells.step() * stride);
    }

    private static Cells padded(Cells cells, int before) {
        return new Cells(cells.first() - before * cells.step(), cells.step());
    }
}
