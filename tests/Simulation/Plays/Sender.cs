using System.Text.Json;
using System.Text.Json.Nodes;
using Relay.Reports;

namespace Simulation.Plays;

/// <summary>A machine that runs Ansible: it spools events and sends them in their order until the relay has accepted them.</summary>
internal sealed class Sender(string name, string route, World world)
{
    public const string Playbook = "site.yml";

    /// <summary>More than clocks differ by: of two reports within less, the relay may take the later one for the earlier.</summary>
    private static readonly TimeSpan _betweenReports = TimeSpan.FromMilliseconds(1500);

    private readonly List<PlannedEvent> _spool = [];
    private int _runs;
    private bool _sending;

    public string Route => route;

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
        var pause = _betweenReports;
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
                pause = _betweenReports;
                await PauseAsync(_betweenReports);
            }
            else
            {
                await PauseAsync(pause);
                pause = pause < TimeSpan.FromSeconds(30) ? pause * 2 : pause;
            }
        }

        _sending = false;
    }

    private byte[] Write(IEnumerable<PlannedEvent> events) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["version"] = 1,
        ["channel"] = route,
        ["run"] = new JsonObject { ["id"] = $"{name}-{_runs}", ["source"] = name, ["playbook"] = Playbook },
        ["events"] = new JsonArray([.. events.Select(Write)]),
    });

    private JsonObject Write(PlannedEvent one)
    {
        var json = new JsonObject
        {
            ["id"] = one.Id,
            ["kind"] = one.IsRecovery ? "recovered" : Name(one.Trouble.Kind),
            ["at"] = world.Timeline.Now,
            ["host"] = one.Host,
            ["task"] = one.Trouble.Task,
            ["message"] = one.Trouble.Message,
            ["stdout"] = new string('x', one.Trouble.Output),
        };
        if (one.IsRecovery)
        {
            json["of"] = Name(one.Trouble.Kind);
        }

        return json;
    }

    private static string Name(EventKind kind) => JsonNamingPolicy.CamelCase.ConvertName($"{kind}");

    private Task PauseAsync(TimeSpan pause)
    {
        var over = new TaskCompletionSource();
        world.Timeline.After(pause, over.SetResult);
        return over.Task;
    }
}
