"""Writes reference.tfevents with TensorBoard's own classes: pip install tensorboard (2.20 was used).

EventFileTest expects Graft to write the same bytes.
"""

import pathlib

from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

WALL_TIME = 1764000000.25
SCALARS = [
    ("epoch_loss", 1, 0.5),
    ("epoch_accuracy", 1, 0.25),
    ("epoch_loss", 127, 0.1),
    ("epoch_loss", 128, 1e-30),
    ("epoch_loss", 100000, -3.0),
    ("准确率", 2, 1.0),
]

with open(pathlib.Path(__file__).with_name("reference.tfevents"), "wb") as file:
    writer = RecordWriter(file)
    writer.write(event_pb2.Event(wall_time=WALL_TIME, file_version="brain.Event:2").SerializeToString())
    for tag, step, value in SCALARS:
        summary = summary_pb2.Summary(value=[summary_pb2.Summary.Value(tag=tag, simple_value=value)])
        writer.write(event_pb2.Event(wall_time=WALL_TIME, step=step, summary=summary).SerializeToString())
    writer.flush()
