using System.Diagnostics.Metrics;
using Relay.Routes;
using Relay.Telemetry;

namespace Relay.Tests;

/// <summary>Every measurement of one relay, by the instrument's name.</summary>
public sealed class RecordedNumbers : IDisposable
{
    private readonly List<(string Name, double Value, string? Route)> _measured = [];
    private readonly MeterListener _listener;

    public RecordedNumbers(RelayMeter meter)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meter)
                {
                    Instruments.Add($"{instrument.Name} {instrument.Unit}");
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public List<string> Instruments { get; } = [];

    public IEnumerable<double> this[string name] => _measured.Where(one => one.Name == name).Select(one => one.Value);

    public IEnumerable<string?> RoutesOf(string name) => _measured.Where(one => one.Name == name).Select(one => one.Route);

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Add((instrument.Name, value, tags.ToArray().FirstOrDefault(tag => tag.Key == "relay.route").Value as string));
}
