namespace EodPredict.Scraping.Forecast;

/// <summary>A window in which a job can be sent.</summary>
/// <param name="Begin">When it begins.</param>
/// <param name="Rate">Requests per second that it bears as likely as not.</param>
/// <param name="Low">Requests per second that it bears with 90%.</param>
/// <param name="High">Requests per second that it bears with 10%.</param>
/// <param name="Seconds">How long can be sent in it.</param>
internal readonly record struct SendingWindow(DateTimeOffset Begin, double Rate, double Low, double High, double Seconds);
