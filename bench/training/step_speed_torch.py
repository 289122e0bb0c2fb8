#!/usr/bin/env python3
"""The other side of step-speed.ts: the same net, batch and optimiser in torch, one thread.

Reads a JSON line `{"pixels": 64, "steps": 5}` at a time and answers with one: wall and CPU milliseconds of each step;
with `"profile": true` the milliseconds per step of each operator instead.
"""
import json
import sys
import time

import torch
from torch import nn

BATCH = 32
CHANNELS = (3, 32, 64, 128, 128)


def network():
    layers = []
    for before, after in zip(CHANNELS, CHANNELS[1:]):
        layers += [nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(CHANNELS[-1], 10))


class Trainer:
    def __init__(self, pixels):
        torch.manual_seed(1)
        self.net = network()
        self.optimiser = torch.optim.SGD(self.net.parameters(), lr=0.01, momentum=0.9)
        self.images = torch.randn(BATCH, 3, pixels, pixels)
        self.labels = torch.randint(0, 10, (BATCH,))

    def step(self):
        self.optimiser.zero_grad()
        loss = nn.functional.cross_entropy(self.net(self.images), self.labels)
        loss.backward()
        self.optimiser.step()
        return loss.item()

    def timed(self, steps):
        wall, cpu = [], []
        for _ in range(steps):
            before = (time.perf_counter(), time.process_time())
            self.step()
            wall.append(1000 * (time.perf_counter() - before[0]))
            cpu.append(1000 * (time.process_time() - before[1]))
        return {"wall": wall, "cpu": cpu}

    def profiled(self, steps):
        from torch.profiler import profile

        with profile() as profiler:
            for _ in range(steps):
                self.step()
        averages = profiler.key_averages()
        return {"operators": {entry.key: entry.self_cpu_time_total / 1000 / steps for entry in averages}}


torch.set_num_threads(1)
trainers = {}
print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    order = json.loads(line)
    trainer = trainers.setdefault(order["pixels"], Trainer(order["pixels"]))
    answer = trainer.profiled(order["steps"]) if order.get("profile") else trainer.timed(order["steps"])
    print(json.dumps(answer), flush=True)
