namespace Benchmarks.Load;

/// <summary>What came of a load.</summary>
/// <param name="Rate">Reports accepted in a second.</param>
/// <param name="P50">Milliseconds within which half of the accepted ones were.</param>
/// <param name="P99">The same for 99 of 100.</param>
/// <param name="Accepted">Answered with 202.</param>
/// <param name="Refused">How many were answered with 503 and a <c>Retry-After</c>, by its seconds.</param>
/// <param name="Slowest">Milliseconds that the slowest answer took, whatever it was.</param>
/// <param name="Errors">How often anything else came of one, by what that was.</param>
public sealed record LoadFigures(
    double Rate,
    double P50,
    double P99,
    int Accepted,
    IReadOnlyDictionary<int, int> Refused,
    double Slowest,
    IReadOnlyDictionary<string, int> Errors)
{
    /// <summary>Adds the answers up.</summary>
    public static LoadFigures Of(IReadOnlyCollection<LoadAnswer> answers, TimeSpan took)
    {
        var accepted = answers.Where(answer => answer.IsAccepted).Select(answer => answer.Took.TotalMilliseconds).Order().ToArray();
        return new(
            Math.Round(accepted.Length / took.TotalSeconds, 1),
            Percentile(accepted, 0.50),
            Percentile(accepted, 0.99),
            accepted.Length,
            answers.Select(answer => answer.RetryAfter).OfType<TimeSpan>().CountBy(again => (int)again.TotalSeconds).ToDictionary(),
            answers.Count == 0 ? 0 : Math.Round(answers.Max(answer => answer.Took.TotalMilliseconds), 1),
            answers.Select(answer => answer.Error).OfType<string>().CountBy(error => error).ToDictionary());
    }

    private static double Percentile(double[] ordered, double share) =>
        ordered.Length == 0 ? 0 : Math.Round(ordered[(int)Math.Ceiling(share * ordered.Length) - 1], 1);
}
