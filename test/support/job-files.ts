/** The document's own example of a job history file. */
export const EXAMPLE = `{
	"id": 100,
	"flow_id": 234,
	"parent_id": null,
	"calling_job_id": null,
	"status": "completed",
	"started_at": "2018-05-21T00:00:00Z",
	"completed_at": "2018-05-21T00:00:10Z",
	"error_type": null,
	"error": null,
	"title": "hello world",
	"is_poll_error": false,
	"report": {
		"name": "Xavier D'Souza",
		"age": 35
	},
	"lines": [
		{
			"recipe_line_number": 0,
			"adapter_name": "clock",
			"adapter_operation": "timer",
			"input": {
				"interval": "1"
			},
			"output": {
				"time": "2018-05-21T23:14:41.783555+00:00"
			},
			"mask_data": false
		},
		{
			"recipe_line_number": 1,
			"adapter_name": "clock",
			"adapter_operation": "get_time",
			"input": {},
			"output": {
				"time": "2018-05-21T16:14:41.963964-07:00"
			},
			"mask_data": false
		}
	]
}`;
/** Its name, to the letter. */
export const EXAMPLE_KEY =
  '5234/jobs/234/20180521/000/000/000/000/000/000/100/5234-234-100-20180521000000-succeeded.json';
