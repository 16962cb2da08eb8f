using Simulation.Hosting;
using Simulation.Time;

namespace Simulation.Faults;

/// <summary>Everything that goes wrong with calls and instances within one seed, until it is over.</summary>
/// <remarks>Some seeds have next to no faults, so that a rare one finds the relay at its fastest; others have hardly a call that is spared.</remarks>
internal sealed class FaultInjector
{
    private static readonly double[] _rates = [0, 0.002, 0.01, 0.04];
    private static readonly string?[] _verbs = [null, null, null, "send", "send", "write", "unlink", "list", "renew"];

    private static readonly Fault[] _troubles = [Fault.Lost, Fault.AnswerLost, Fault.Repeated];
    private static readonly Fault[] _crashes = [Fault.CrashBefore, Fault.CrashAfter];

    /// <summary>How often the one kind of call fails that some seeds aim at.</summary>
    private const double TargetRate = 0.15;

    private readonly SeededRandom _random;
    private readonly Timeline _timeline;
    private readonly double _lost;
    private readonly double _crash;
    private readonly double _slow;
    private readonly double _still;
    private readonly double _twice;
    private readonly string? _target;
    private readonly Outage _outage;
    private DateTimeOffset _endsAt;

    private readonly bool _isCalm;

    /// <param name="aim">The verb of the calls that most seeds aim at; null where each seed picks its own.</param>
    public FaultInjector(SeededRandom random, Timeline timeline, bool isCalm, string? aim)
    {
        (_random, _timeline, _isCalm) = (random, timeline, isCalm);
        _lost = random.Pick(_rates);
        _crash = random.Pick(_rates) / 2;
        _slow = random.Pick([0, 0.02, 0.3]);
        _still = random.Pick(_rates) / 4;
        _twice = random.Pick([0, 0.02, 0.2]);
        var target = random.Pick(_verbs);
        _target = aim is not null && random.Chance(0.7) ? aim : target;
        _outage = Outage.Of(random);
    }

    /// <summary>Whether all goes well.</summary>
    public bool IsOver => _isCalm || _timeline.Now >= _endsAt;

    /// <summary>Something happens, so that faults are worth their while: they go on for some time.</summary>
    public void Arm() => _endsAt = _timeline.Now + TimeSpan.FromMinutes(12);

    public void End() => _endsAt = _timeline.Now;

    /// <summary>For how long the queue hides a message that it delivers: the visibility time-out, unless it is to be delivered twice.</summary>
    public TimeSpan HidesFor(TimeSpan timeout) => !IsOver && _random.Chance(_twice) ? _random.Seconds(0, 20) : timeout;

    public CallPlan PlanFor(Call call, bool mayStandStill)
    {
        var plan = new CallPlan(_random.Milliseconds(1, 20), _random.Milliseconds(1, 20));
        if (IsOver)
        {
            return plan;
        }

        plan = plan with { Fault = FaultOf(call), SinksWithCaller = _random.Chance(0.5) };
        if (_random.Chance(_slow))
        {
            var slowness = Slowness(call.Kind);
            plan = _random.Chance(0.5) ? plan with { There = slowness } : plan with { Back = slowness };
        }

        return mayStandStill && _random.Chance(_still) ? plan with { StandsStill = _random.Seconds(1, 150) } : plan;
    }

    private Fault FaultOf(Call call)
    {
        if (_outage.Covers(call.Kind, _timeline.Now))
        {
            return Fault.Lost;
        }

        if (call.Verb == _target && _random.Chance(TargetRate))
        {
            return _random.Pick(_troubles);
        }

        return _random.Chance(_crash) ? _random.Pick(_crashes)
            : call.Kind != CallKind.Slack && _random.Chance(_lost) ? _random.Pick(_troubles)
            : Fault.None;
    }

    /// <summary>Within what the clients' time-outs allow.</summary>
    private TimeSpan Slowness(CallKind kind) => kind switch
    {
        CallKind.Slack => _random.Seconds(1, 18),
        CallKind.Secret => _random.Seconds(1, 8),
        _ => _random.Milliseconds(100, 5000),
    };
}
