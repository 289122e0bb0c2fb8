#!/usr/bin/env python3
"""What torch itself does with optimisers, schedules, losses and clipping: reads cases as JSON, writes torch's answers.

    python3 tests/reference/learning_torch.py < cases.json > answers.json

Options are in the words of src/algorithms/learning/options.ts. {"optimisers": [case], "schedules": [case],
"losses": [case]} gives the same keys with one answer per case. Needs torch 1.13 or newer.
"""
import json
import sys
import warnings

import torch
from torch.optim import lr_scheduler

warnings.filterwarnings("ignore")
torch.set_num_threads(1)


def optimiser(options, weights):
    shared = {"lr": options["learningRate"], "weight_decay": options["weightDecay"]}
    adaptive = {**shared, "betas": tuple(options["betas"]), "eps": options["eps"], "amsgrad": options["amsgrad"]}
    kind = options["type"]
    if kind == "adam":
        return torch.optim.Adam(weights, **adaptive)
    if kind == "adamw":
        return torch.optim.AdamW(weights, **adaptive)
    if kind == "sgd":
        return torch.optim.SGD(weights, momentum=options["momentum"], nesterov=options["nesterov"], **shared)
    if kind == "rmsprop":
        return torch.optim.RMSprop(
            weights, alpha=options["alpha"], eps=options["eps"], momentum=options["momentum"], **shared
        )
    return torch.optim.Adagrad(weights, eps=options["eps"], **shared)


def run_optimiser(case):
    """Weights after each of case["shown"] steps; gradients are given per step, rates too."""
    weights = {name: torch.tensor(values, dtype=torch.float32) for name, values in case["weights"].items()}
    stepper = optimiser(case["options"], list(weights.values()))
    shown = []
    for number, (gradients, rate) in enumerate(zip(case["gradients"], case["rates"]), start=1):
        for name, value in weights.items():
            value.grad = torch.tensor(gradients[name], dtype=torch.float32)
        for group in stepper.param_groups:
            group["lr"] = rate["learningRate"]
            if rate["momentum"] is not None and "betas" in group:
                group["betas"] = (rate["momentum"], group["betas"][1])
            elif rate["momentum"] is not None and "momentum" in group:
                group["momentum"] = rate["momentum"]
        stepper.step()
        if number in case["shown"]:
            shown.append({name: value.tolist() for name, value in weights.items()})
    return shown


def scheduler(options, stepper, total_steps):
    kind = options["type"]
    if kind == "none":
        return lr_scheduler.LambdaLR(stepper, lambda epoch: 1)
    if kind == "step":
        return lr_scheduler.StepLR(stepper, options["stepSize"], options["gamma"])
    if kind == "multistep":
        return lr_scheduler.MultiStepLR(stepper, options["milestones"], options["gamma"])
    if kind == "exponential":
        return lr_scheduler.ExponentialLR(stepper, options["gamma"])
    if kind == "cosine":
        return lr_scheduler.CosineAnnealingLR(stepper, options["tMax"], options["etaMin"])
    if kind == "cosine_warm_restarts":
        return lr_scheduler.CosineAnnealingWarmRestarts(stepper, options["t0"], options["tMult"], options["etaMin"])
    if kind == "reduce_on_plateau":
        return lr_scheduler.ReduceLROnPlateau(
            stepper,
            mode=options["mode"],
            factor=options["factor"],
            patience=options["patience"],
            threshold=options["threshold"],
            threshold_mode=options["thresholdMode"],
            cooldown=options["cooldown"],
            min_lr=options["minLr"],
        )
    return lr_scheduler.OneCycleLR(
        stepper,
        max_lr=options["maxLr"],
        total_steps=total_steps,
        pct_start=float(options["pctStart"]),
        anneal_strategy=options["annealStrategy"],
        div_factor=options["divFactor"],
        final_div_factor=options["finalDivFactor"],
        three_phase=options["threePhase"],
        cycle_momentum=options["cycleMomentum"],
        base_momentum=options["baseMomentum"],
        max_momentum=options["maxMomentum"],
    )


def run_schedule(case):
    """One list per epoch of [learning rate, momentum] per optimiser step; the warm-up is not torch's: its formula is ours."""
    options, warmup, run = case["schedule"], case["warmup"], case["run"]
    steps, own_epochs = run["stepsPerEpoch"], run["epochs"] - warmup["epochs"]
    rates = [
        [[warmup["learningRate"] + (run["learningRate"] - warmup["learningRate"]) * e / warmup["epochs"], None]] * steps
        for e in range(warmup["epochs"])
    ]
    stepper = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=run["learningRate"], momentum=0.9)
    schedule = scheduler(options, stepper, own_epochs * steps)
    group = stepper.param_groups[0]
    cycles = options["type"] == "one_cycle"
    for epoch in range(own_epochs):
        rates.append([])
        for _ in range(steps):
            momentum = group["momentum"] if cycles and options["cycleMomentum"] else None
            rates[-1].append([group["lr"], momentum])
            stepper.step()
            if cycles and schedule.last_epoch < own_epochs * steps - 1:
                schedule.step()
        if options["type"] == "reduce_on_plateau":
            loss = case["losses"][warmup["epochs"] + epoch]
            if loss is not None:
                schedule.step(loss)
        elif not cycles:
            schedule.step()
    return rates


def run_loss(case):
    """CrossEntropyLoss of labels or of probabilities, its gradient by the logits, and the latter's clipping."""
    logits = torch.tensor(case["logits"], dtype=torch.float64, requires_grad=True)
    weights = None if case["classWeights"] is None else torch.tensor(case["classWeights"], dtype=torch.float64)
    hard = case["probabilities"] is None
    target = torch.tensor(case["labels"]) if hard else torch.tensor(case["probabilities"], dtype=torch.float64)
    loss = torch.nn.CrossEntropyLoss(weight=weights, label_smoothing=case["smoothing"])(logits, target)
    loss.backward()
    gradient = logits.grad.tolist()
    norm = torch.nn.utils.clip_grad_norm_([logits], case["maxNorm"])
    return {"loss": loss.item(), "gradient": gradient, "norm": norm.item(), "clipped": logits.grad.tolist()}


def answers(cases):
    runs = {"optimisers": run_optimiser, "schedules": run_schedule, "losses": run_loss}
    found = {key: [run(case) for case in cases.get(key, [])] for key, run in runs.items()}
    return {"source": f"torch {torch.__version__.split('+')[0]}", **found}


if __name__ == "__main__":
    json.dump(answers(json.load(sys.stdin)), sys.stdout)
