using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Relay.Telemetry;

namespace Local.Http;

/// <summary>Adds up what the relay's meter measures.</summary>
public sealed class MeteredNumbers : IDisposable
{
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();
    private readonly ConcurrentDictionary<(string Instrument, string Tags), (double Sum, long Count)> _series = new();
    private readonly MeterListener _listener;

    /// <summary>Begins to listen.</summary>
    public MeteredNumbers(RelayMeter meter)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meter)
                {
                    _instruments[instrument.Name] = instrument;
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>All of them as https://prometheus.io/docs/instrumenting/exposition_formats has it; of a histogram, its sum and its count.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, instrument) in _instruments.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var type = instrument switch { Counter<long> => "counter", Histogram<double> => "summary", _ => "gauge" };
            var written = name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (type == "counter" ? "_total" : "");
            text.Append(CultureInfo.InvariantCulture, $"# HELP {written} {instrument.Description}\n# TYPE {written} {type}\n");

            var series = _series.Where(one => one.Key.Instrument == name).OrderBy(one => one.Key.Tags, StringComparer.Ordinal);
            foreach (var ((_, tags), (sum, count)) in series)
            {
                text.Append(type == "summary"
                    ? string.Create(CultureInfo.InvariantCulture, $"{written}_sum{tags} {sum}\n{written}_count{tags} {count}\n")
                    : string.Create(CultureInfo.InvariantCulture, $"{written}{tags} {sum}\n"));
            }
        }

        return text.ToString();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var isLast = instrument is Gauge<int>;
        _series.AddOrUpdate(
            (instrument.Name, Labels(tags)),
            (value, 1),
            (_, known) => (isLast ? value : known.Sum + value, known.Count + 1));
    }

    /// <summary>A route's name needs no escaping.</summary>
    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.ToArray().Select(tag => $"{tag.Key.Replace('.', '_')}=\"{tag.Value}\"");
        return tags.IsEmpty ? "" : $"{{{string.Join(',', labels)}}}";
    }
}
