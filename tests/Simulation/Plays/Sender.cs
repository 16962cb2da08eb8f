using System.Text.Json;
using System.Text.Json.Nodes;
using Relay.Text;

namespace Simulation.Plays;

/// <summary>A machine that runs Ansible: it spools events and sends them in their order until the relay has accepted them.</summary>
internal sealed class Sender(string name, Origin origin, string inventory, World world)
{
    private static readonly TimeSpan _betweenReports = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    private readonly List<PlannedEvent> _spool = [];
    private int _runs;
    private bool _sending;

    public string Name => name;

    public Origin Origin => origin;

    public string Inventory => inventory;

    public bool IsIdle => _spool.Count == 0;

    public void Spool(PlannedEvent one)
    {
        world.Injector.Arm();
        _spool.Add(one);
        if (!_sending)
        {
            world.Watch(SendAsync());
        }
    }

    private async Task SendAsync()
    {
        _sending = true;
        var pause = _firstPause;
        while (_spool.Count > 0)
        {
            List<PlannedEvent> report = [.. _spool];
            report.ForEach(one => one.SentAt = one.IsSent ? one.SentAt : world.Timeline.Now);
            var status = await world.Fleet.PostAsync(Write(report));
            world.Trace?.Add($"{name} reports {string.Join(", ", report)}: {status}");

            if (status == 202)
            {
                _spool.RemoveRange(0, report.Count);
                _runs++;
                pause = _firstPause;
                await PauseAsync(_betweenReports);
            }
            else
            {
                await PauseAsync(pause);
                pause = pause < _longestPause ? pause * 2 : pause;
            }
        }

        _sending = false;
    }

    private byte[] Write(IEnumerable<PlannedEvent> events) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["version"] = 1,
        ["channel"] = origin.Route,
        ["run"] = new JsonObject
        {
            ["id"] = $"{name}-{_runs}",
            ["source"] = name,
            ["project"] = origin.Project,
            ["playbook"] = origin.Playbook,
            ["inventory"] = inventory,
            ["labels"] = origin.Environment is { } environment ? new JsonObject { ["env"] = environment } : null,
        },
        ["events"] = new JsonArray([.. events.Select(Write)]),
    });

    private JsonObject Write(PlannedEvent one)
    {
        var kind = one.Trouble.IsUnreachable ? "unreachable" : "failed";
        var json = new JsonObject
        {
            ["id"] = one.Id,
            ["kind"] = one.IsRecovery ? "recovered" : kind,
            ["at"] = world.Timeline.Now,
            ["host"] = one.Machine.Name,
            ["task"] = one.Task,
        };
        if (one.IsRecovery)
        {
            json["of"] = kind;
            json["recovers"] = new JsonArray([.. one.Recovers.Select(failure => JsonValue.Create(failure.Id))]);
        }
        else
        {
            json["cause"] = one.Cause;
            json["causeKey"] = ShortHash.Of(one.Cause);
            json["message"] = one.Cause;
            json["stdout"] = new string('x', one.Trouble.Output);
        }

        return json;
    }

    private Task PauseAsync(TimeSpan pause)
    {
        var over = new TaskCompletionSource();
        world.Timeline.After(pause, over.SetResult);
        return over.Task;
    }
}
