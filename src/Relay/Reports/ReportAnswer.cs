using System.Text.Json.Nodes;

namespace Relay.Reports;

/// <summary>What the sender of a report is told, as HTTP says it. A problem is written as RFC 9457 has it.</summary>
/// <param name="RetryAfter">When to send the report again; null where that would not help.</param>
public sealed record ReportAnswer(int Status, string ContentType, string Body, TimeSpan? RetryAfter = null)
{
    /// <summary>202: every event is in the queue.</summary>
    /// <param name="warnings">What the sender should know although its report is taken, such as a channel that is not a route.</param>
    public static ReportAnswer Accepted(int events, params IReadOnlyList<string> warnings)
    {
        var answer = new JsonObject { ["accepted"] = events };
        if (warnings.Count > 0)
        {
            answer["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]);
        }

        return new(202, "application/json", answer.ToJsonString());
    }

    /// <summary>400: the report is not as its schema says.</summary>
    public static ReportAnswer Invalid(IReadOnlyList<FieldProblem> problems)
    {
        var errors = problems
            .Select(problem => (JsonNode)new JsonObject { ["path"] = problem.Path, ["problem"] = problem.Problem });
        return Problem(400, "The report is not valid.", ("errors", new JsonArray([.. errors])));
    }

    /// <summary>401: nobody knows who calls.</summary>
    public static ReportAnswer Unauthorized(string why) => Problem(401, why);

    /// <summary>403: whoever calls may not report.</summary>
    public static ReportAnswer Forbidden(string why) => Problem(403, why);

    /// <summary>413: the report is larger than <paramref name="limit"/> bytes.</summary>
    public static ReportAnswer TooLarge(int limit) =>
        Problem(413, $"A report may have at most {limit} bytes, before and after decompression.");

    /// <summary>415: the body is of a kind that the relay does not read.</summary>
    public static ReportAnswer Unsupported(string why) => Problem(415, why);

    /// <summary>503: the queue could not be reached; the sender keeps the report.</summary>
    public static ReportAnswer Unavailable() =>
        Problem(503, "The queue cannot be reached. Send the report again later.") with { RetryAfter = TimeSpan.FromSeconds(10) };

    /// <summary>503: more reports are being taken in than there is room for; the sender keeps the report.</summary>
    public static ReportAnswer Busy() =>
        Problem(503, "Too many reports come in at once. Send the report again later.") with { RetryAfter = TimeSpan.FromSeconds(2) };

    private static ReportAnswer Problem(int status, string title, params (string Name, JsonNode Value)[] more)
    {
        var problem = new JsonObject { ["title"] = title, ["status"] = status };
        foreach (var (name, value) in more)
        {
            problem[name] = value;
        }

        return new(status, "application/problem+json", problem.ToJsonString());
    }
}
