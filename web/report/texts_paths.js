// Texts of paths over years (paths.js).
export const paths = {
  path_untitled: "A path over years",
  path_year_welfare: "consumption against the same year without these policies, percent",
  path_consumption: "consumption against the base, percent",
  path_capital: "capital against the base, percent",
  path_real_wage: "what a unit of labour earns against the base, percent",
  path_year_by_year: "Year by year",
  path_phase: "“{scenario}” from {from} on",
  path_phases: "From {first} to {last}: {phases}.",
  path_comma: ", ",
  path_number: "Number",
  path_line: "Line {letter}",
  path_label: "{name}: ",
  path_chart: "Line chart by year, {measure}: {regions}.",
  path_chart_region: "{region} from {first} to {last}",
  path_all_years_together: "All years together",
  path_worth:
    "What the path is worth, against the same growth without its policies; money in {unit} a year, at the income of the base",
  path_all_years: "all years, %",
  path_money: "money",
  path_first_year: "first year, %",
  path_last_year: "last year, %",
  path_long_run: "long run, %",
  path_long_run_capital: "capital in the long run, against the base, %",
  path_certificate:
    "Certificate: largest residual of any year {residual}; long run steady to {gap}; years after the last to {tail}; {passes} passes over the trade tensor.",
  path_law_of_capital:
    "Capital has a share of {share}, follows real income by {transition} a year, and next year counts for {discount} of this one.",
};
