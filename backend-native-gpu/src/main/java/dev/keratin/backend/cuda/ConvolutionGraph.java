package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_COMP_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_CONV_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_DILATIONS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_POST_PADDINGS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATIONGRAPH_OPS;
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
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_BDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_XDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_YDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_POINTWISE_MATH_PREC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_POINTWISE_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_POINTWISE_NAN_PROPAGATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_DATA_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_DIMENSIONS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_IS_VIRTUAL;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_STRIDES;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_UNIQUE_ID;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_POINTWISE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_TENSOR_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_CROSS_CORRELATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_ADD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_RELU_FWD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_PROPAGATE_NAN;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_CONVOLUTION_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_DATA_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_NAN_PROPOGATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_POINTWISE_MODE;

import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution as a graph of cuDNN. Its operands and then its result are known by their index; the library's axes are
 * [batch, channels, spatial...], laid out with channels last.
 */
final class ConvolutionGraph {
    /** What addresses of values that parts of a model or a loop have are multiples of, at most. */
    private static final int ALIGNMENT = 16;
    private static final int FIRST_VIRTUAL = 100;

    private final Convolution convolution;
    private final CudnnStatus status;
    private final List<Descriptor> operations = new ArrayList<>();
    private int operands;
    private int virtuals;

    private ConvolutionGraph(Convolution convolution, CudnnStatus status) {
        this.convolution = convolution;
        this.status = status;
    }

    /** A graph that is not finished. */
    static Descriptor of(Convolution convolution, CudnnStatus status) {
        ConvolutionGraph graph = new ConvolutionGraph(convolution, status);
        switch (convolution.kind()) {
            case FORWARD -> graph.forward();
            case INPUT_GRADIENT -> graph.inputGradient();
            case KERNEL_GRADIENT -> graph.kernelGradient();
        }
        return graph.create(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATIONGRAPH_OPS, graph.operations.toArray(Descriptor[]::new));
    }

    private Descriptor create(int type) {
        return new Descriptor(type, status);
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
        operations.add(create(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC, geometry())
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, x).parts(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, w)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, value)
                .real(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, 1).real(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA, 0).finish());
        for (int i = 0; i < summands.size(); i++) {
            Descriptor sum = next(!epilogue.relu() && i == summands.size() - 1);
            pointwise(CUDNN_POINTWISE_ADD, value, sum, summands.get(i));
            value = sum;
        }
        if (epilogue.relu()) {
            pointwise(CUDNN_POINTWISE_RELU_FWD, value, next(true));
        }
    }

    private void inputGradient() {
        Descriptor dy = operand(convolution.output());
        Descriptor w = operand(convolution.kernel());
        operations.add(create(CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC, geometry())
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY, dy).parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W, w)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX, operand(convolution.input()))
                .real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA, 1).real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA, 0).finish());
    }

    private void kernelGradient() {
        Descriptor x = operand(convolution.input());
        Descriptor dy = operand(convolution.output());
        operations.add(create(CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC, geometry())
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X, x).parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY, dy)
                .parts(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW, operand(convolution.kernel()))
                .real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA, 1).real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA, 0).finish());
    }

    private Descriptor geometry() {
        return create(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR)
                .choice(CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT)
                .choice(CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, CUDNN_CROSS_CORRELATION)
                .longs(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, convolution.strides().size())
                .longs(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, convolution.paddings())
                .longs(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, convolution.paddings())
                .longs(CUDNN_ATTR_CONVOLUTION_DILATIONS, convolution.dilations())
                .longs(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, convolution.strides()).finish();
    }

    /** From a value, and another where the function has two. */
    private void pointwise(int mode, Descriptor x, Descriptor y, Descriptor... other) {
        Descriptor function = create(CUDNN_BACKEND_POINTWISE_DESCRIPTOR)
                .choice(CUDNN_ATTR_POINTWISE_MODE, CUDNN_TYPE_POINTWISE_MODE, mode)
                .choice(CUDNN_ATTR_POINTWISE_MATH_PREC, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT);
        if (mode == CUDNN_POINTWISE_RELU_FWD) {
            function.choice(CUDNN_ATTR_POINTWISE_NAN_PROPAGATION, CUDNN_TYPE_NAN_PROPOGATION, CUDNN_PROPAGATE_NAN);
        }
        Descriptor operation = create(CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR, function.finish()).parts(CUDNN_ATTR_OPERATION_POINTWISE_XDESC, x)
                .parts(CUDNN_ATTR_OPERATION_POINTWISE_YDESC, y);
        for (Descriptor operand : other) {
            operation.parts(CUDNN_ATTR_OPERATION_POINTWISE_BDESC, operand);
        }
        operations.add(operation.finish());
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
        return last ? operand(convolution.output())
                : tensor(convolution.output(), FIRST_VIRTUAL + virtuals++, CUDNN_DATA_FLOAT, Float.BYTES).flag(CUDNN_ATTR_TENSOR_IS_VIRTUAL, true).finish();
    }

    private Descriptor operand(Shape shape) {
        return tensor(shape, operands++, Cudnn.type(convolution.dtype()), convolution.dtype().byteSize()).finish();
    }

    /** A tensor [first, spatial..., last]; a part of a larger one begins at a multiple of its own size. */
    private Descriptor tensor(Shape shape, long id, int type, int elementBytes) {
        int rank = shape.rank();
        long[] dense = shape.strides();
        long[] dims = new long[rank];
        long[] strides = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            int from = axis == 0 ? 0 : axis == 1 ? rank - 1 : axis - 1;
            dims[axis] = shape.dim(from);
            strides[axis] = dense[from];
        }
        return create(CUDNN_BACKEND_TENSOR_DESCRIPTOR).choice(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, type)
                .longs(CUDNN_ATTR_TENSOR_DIMENSIONS, dims).longs(CUDNN_ATTR_TENSOR_STRIDES, strides)
                .longs(CUDNN_ATTR_TENSOR_UNIQUE_ID, id)
                .longs(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, Math.min(ALIGNMENT, Long.lowestOneBit(shape.size() * elementBytes)));
    }
}
