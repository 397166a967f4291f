package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_MATMUL_COMP_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_MATMUL_ADESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_MATMUL_BDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_MATMUL_CDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_MATMUL_DESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_REDUCTION_DESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_REDUCTION_XDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_REDUCTION_YDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_RESHAPE_XDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_RESHAPE_YDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_POINTWISE_AXIS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_POINTWISE_MATH_PREC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_POINTWISE_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_REDUCTION_COMP_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_REDUCTION_OPERATOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_MATMUL_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_MATMUL_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_REDUCTION_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_RESHAPE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_POINTWISE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_REDUCTION_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_BOOLEAN;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_INT32;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_CMP_GE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_GEN_INDEX;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_DATA_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_POINTWISE_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_REDUCTION_OPERATOR_TYPE;

/** Operations of a graph of cuDNN, computed in float32 unless said otherwise. */
record GraphMath(GraphWriter writer) {
    /** A matrix product over the last two axes. */
    void product(Descriptor a, Descriptor b, Descriptor result) {
        Descriptor arithmetic = writer.create(CUDNN_BACKEND_MATMUL_DESCRIPTOR)
                .choice(CUDNN_ATTR_MATMUL_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT).finish();
        writer.add(writer.create(CUDNN_BACKEND_OPERATION_MATMUL_DESCRIPTOR).parts(CUDNN_ATTR_OPERATION_MATMUL_DESC, arithmetic)
                .parts(CUDNN_ATTR_OPERATION_MATMUL_ADESC, a).parts(CUDNN_ATTR_OPERATION_MATMUL_BDESC, b)
                .parts(CUDNN_ATTR_OPERATION_MATMUL_CDESC, result).finish());
    }

    /**
     * A reduction over the axes whose length in the result is 1.
     *
     * @param operator a cudnnReduceTensorOp_t
     */
    void reduce(int operator, Descriptor x, Descriptor result) {
        Descriptor arithmetic = writer.create(CUDNN_BACKEND_REDUCTION_DESCRIPTOR)
                .choice(CUDNN_ATTR_REDUCTION_OPERATOR, CUDNN_TYPE_REDUCTION_OPERATOR_TYPE, operator)
                .choice(CUDNN_ATTR_REDUCTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT).finish();
        writer.add(writer.create(CUDNN_BACKEND_OPERATION_REDUCTION_DESCRIPTOR).parts(CUDNN_ATTR_OPERATION_REDUCTION_DESC, arithmetic)
                .parts(CUDNN_ATTR_OPERATION_REDUCTION_XDESC, x).parts(CUDNN_ATTR_OPERATION_REDUCTION_YDESC, result).finish());
    }

    /** The same elements under other strides. */
    void reshape(Descriptor x, Descriptor result) {
        writer.add(writer.create(CUDNN_BACKEND_OPERATION_RESHAPE_DESCRIPTOR).parts(CUDNN_ATTR_OPERATION_RESHAPE_XDESC, x)
                .parts(CUDNN_ATTR_OPERATION_RESHAPE_YDESC, result).finish());
    }

    /** The settings of an elementwise function, not finished. */
    Descriptor function(int mode, int type) {
        return writer.create(CUDNN_BACKEND_POINTWISE_DESCRIPTOR).choice(CUDNN_ATTR_POINTWISE_MODE, CUDNN_TYPE_POINTWISE_MODE, mode)
                .choice(CUDNN_ATTR_POINTWISE_MATH_PREC, CUDNN_TYPE_DATA_TYPE, type);
    }

    /**
     * An elementwise function of one to three operands.
     *
     * @param mode a cudnnPointwiseMode_t
     */
    void pointwise(int mode, Descriptor result, Descriptor... operands) {
        writer.pointwise(function(mode, CUDNN_DATA_FLOAT), result, operands);
    }

    /** Of each element its place along an axis, int32. */
    void index(long axis, Descriptor of, Descriptor result) {
        writer.pointwise(function(CUDNN_POINTWISE_GEN_INDEX, CUDNN_DATA_INT32).longs(CUDNN_ATTR_POINTWISE_AXIS, axis), result, of);
    }

    /** Whether one is at least the other. */
    void atLeast(Descriptor a, Descriptor b, Descriptor result) {
        writer.pointwise(function(CUDNN_POINTWISE_CMP_GE, CUDNN_DATA_BOOLEAN), result, a, b);
    }
}
