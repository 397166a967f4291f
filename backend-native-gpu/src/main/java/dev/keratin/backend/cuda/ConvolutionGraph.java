package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_COMP_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_CONV_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_DILATIONS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_POST_PADDINGS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_POINTWISE_NAN_PROPAGATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_CROSS_CORRELATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_ADD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_RELU_FWD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_PROPAGATE_NAN;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_CONVOLUTION_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_DATA_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_NAN_PROPOGATION;

import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution as a graph of cuDNN. Its operands and then its result are known by their index; the library's axes are
 * [batch, channels, spatial...], laid out with channels last.
 */
final class ConvolutionGraph {
    private final Convolution convolution;
    private final GraphWriter writer;

    private ConvolutionGraph(Convolution convolution, CudnnStatus status) {
        this.convolution = convolution;
        this.writer = new GraphWriter(status);
    }

    /** A graph that is not finished. */
    static Descriptor of(Convolution convolution, CudnnStatus status) {
        ConvolutionGraph graph = new ConvolutionGraph(convolution, status);
        switch (convolution.kind()) {
            case FORWARD -> graph.forward();
            case INPUT_GRADIENT -> graph.inputGradient();
            case KERNEL_GRADIENT -> graph.kernelGradient();
        }
        return graph.writer.graph();
    }

    private void forward() {
        Descriptor x = operand(convolution.input());
        Descriptor w = operand(convolution.kernel());
        Epilogue epilogue = convolution.epilogue();
        List<Descriptor> summands = new ArrayList<>();
        if (epilogue.residual()) {
            summands.add(operand(convolution.output()));
        }
        if (epilogue.bias()) {
            summands.add(operand(bias()));
        }
        Descriptor value = next(!epilogue.relu() && summands.isEmpty());
        writer.add(writer.create(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC, geometry())
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, x).parts(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, w)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, value)
                .real(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, 1).real(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA, 0).finish());
        for (int i = 0; i < summands.size(); i++) {
            Descriptor sum = next(!epilogue.relu() && i == summands.size() - 1);
            pointwise(CUDNN_POINTWISE_ADD, sum, value, summands.get(i));
            value = sum;
        }
        if (epilogue.relu()) {
            pointwise(CUDNN_POINTWISE_RELU_FWD, next(true), value);
        }
    }

    private void inputGradient() {
        Descriptor dy = operand(convolution.output());
        Descriptor w = operand(convolution.kernel());
        writer.add(writer.create(CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC, geometry())
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY, dy).parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W, w)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX, operand(convolution.input()))
                .real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA, 1).real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA, 0).finish());
    }

    private void kernelGradient() {
        Descriptor x = operand(convolution.input());
        Descriptor dy = operand(convolution.output());
        writer.add(writer.create(CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC, geometry())
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X, x).parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY, dy)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW, operand(convolution.kernel()))
                .real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA, 1).real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA, 0).finish());
    }

    private Descriptor geometry() {
        return writer.create(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR)
                .choice(CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT)
                .choice(CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, CUDNN_CROSS_CORRELATION)
                .longs(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, convolution.strides().size())
                .longs(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, convolution.paddings())
                .longs(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, convolution.paddings())
                .longs(CUDNN_ATTR_CONVOLUTION_DILATIONS, convolution.dilations())
                .longs(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, convolution.strides()).finish();
    }

    /** From a value, and another where the function has two. */
    private void pointwise(int mode, Descriptor result, Descriptor... operands) {
        Descriptor function = new GraphMath(writer).function(mode, CUDNN_DATA_FLOAT);
        if (mode == CUDNN_POINTWISE_RELU_FWD) {
            function.choice(CUDNN_ATTR_POINTWISE_NAN_PROPAGATION, CUDNN_TYPE_NAN_PROPOGATION, CUDNN_PROPAGATE_NAN);
        }
        writer.pointwise(function, result, operands);
    }

    private Shape bias() {
        Shape shape = Shape.of(convolution.output().dim(-1));
        for (int i = 0; i <= convolution.strides().size(); i++) {
            shape = shape.insert(0, 1);
        }
        return shape;
    }

    /** The result, or a value that is never stored. */
    private Descriptor next(boolean last) {
        return last ? operand(convolution.output()) : writer.virtual(layout(convolution.output()).wide());
    }

    private Descriptor operand(Shape shape) {
        return writer.stored(layout(shape));
    }

    /** That of a tensor [first, spatial..., last]. */
    private GraphWriter.Layout layout(Shape shape) {
        int rank = shape.rank();
        long[] dense = shape.strides();
        long[] dims = new long[rank];
        long[] strides = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            int from = axis == 0 ? 0 : axis == 1 ? rank - 1 : axis - 1;
            dims[axis] = shape.dim(from);
            strides[axis] = dense[from];
        }
        return new GraphWriter.Layout(Cudnn.type(convolution.dtype()), convolution.dtype().byteSize(), dims, strides);
    }
}
