import protobuf from "protobufjs";
import type { ElementType } from "./tensor.ts";

/** ONNX IR 10 with operator set 21: understood by onnxruntime 1.18 and later. */
export const IR_VERSION = 10;
export const OPERATOR_SET = 21;

/** The part of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) that a graph of ours needs. */
const ONNX_PROTO = `
  syntax = "proto3";
  package onnx;

  message ModelProto {
    int64 ir_version = 1;
    string producer_name = 2;
    GraphProto graph = 7;
    repeated OperatorSetIdProto opset_import = 8;
    repeated StringStringEntryProto metadata_props = 14;
  }
  message StringStringEntryProto {
    string key = 1;
    string value = 2;
  }
  message OperatorSetIdProto {
    string domain = 1;
    int64 version = 2;
  }
  message GraphProto {
    repeated NodeProto node = 1;
    string name = 2;
    repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11;
    repeated ValueInfoProto output = 12;
  }
  message NodeProto {
    repeated string input = 1;
    repeated string output = 2;
    string name = 3;
    string op_type = 4;
    repeated AttributeProto attribute = 5;
  }
  message AttributeProto {
    string name = 1;
    float f = 2;
    int64 i = 3;
    bytes s = 4;
    repeated int64 ints = 8;
    int32 type = 20;
  }
  message TensorProto {
    repeated int64 dims = 1;
    int32 data_type = 2;
    string name = 8;
    bytes raw_data = 9;
  }
  message ValueInfoProto {
    string name = 1;
    TypeProto type = 2;
  }
  message TypeProto {
    TensorTypeProto tensor_type = 1;
  }
  message TensorTypeProto {
    int32 elem_type = 1;
    TensorShapeProto shape = 2;
  }
  message TensorShapeProto {
    repeated DimensionProto dim = 1;
  }
  message DimensionProto {
    oneof value {
      int64 dim_value = 1;
      string dim_param = 2;
    }
  }
`;

/** The reflected `ModelProto` message. */
export const ModelProto = protobuf.parse(ONNX_PROTO, { keepCase: true }).root.lookupType("onnx.ModelProto");

/** AttributeProto.AttributeType */
export const ATTRIBUTE_TYPE = { float: 1, int: 2, text: 3, ints: 7 } as const;

/** TensorProto.DataType */
export const DATA_TYPE: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};
